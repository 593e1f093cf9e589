import { type Endpoint, subjectOf } from '@maestro/contracts/endpoint'
import type { z } from 'zod'
import { asBusOutage } from './bus-outage.ts'
import type { Msg, NatsConnection } from './nats.ts'
import { type RequestContext, writeContext } from './request-context.ts'
import { injectTrace, withSpan } from './trace.ts'
import { errorName, fromErrorBody } from './wire-error.ts'
import { packedJson, type PackedJson, packJson, unpackJson } from './wire-json.ts'

/**
 * Asks an endpoint by NATS.
 * @throws {AppError} what the endpoint names, `UNAVAILABLE` when nobody serves it, `TIMEOUT` when nobody answers, `PAYLOAD_TOO_LARGE` when the input does not fit a message.
 */
export type Call = <Input extends z.ZodType, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  input: z.input<Input>,
  context?: Partial<RequestContext>,
) => Promise<z.infer<Output>>

/** As `Call`, for an answer that is only passed on: it stays as it came. Whoever gave it has checked it (`implement`). */
export type CallPacked = <Input extends z.ZodType, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  input: z.input<Input>,
  context?: Partial<RequestContext>,
) => Promise<PackedJson>

type Caller = { nats: NatsConnection; service: string }

export const createCaller =
  (caller: Caller): Call =>
  (endpoint, input, context) =>
    ask({ caller, endpoint, input, context }, async ({ data, headers }) =>
      endpoint.output.parse(await unpackJson(data, headers)),
    )

export const createPackedCaller =
  (caller: Caller): CallPacked =>
  (endpoint, input, context) =>
    ask({ caller, endpoint, input, context }, async ({ data, headers }) =>
      packedJson(data, headers),
    )

type Asked<Input extends z.ZodType, Output extends z.ZodType> = {
  caller: Caller
  endpoint: Endpoint<Input, Output>
  input: z.input<Input>
  context: Partial<RequestContext> | undefined
}

const ask = <Input extends z.ZodType, Output extends z.ZodType, Answer>(
  { caller: { nats, service }, endpoint, input, context }: Asked<Input, Output>,
  read: (reply: Msg) => Promise<Answer>,
): Promise<Answer> => {
  const subject = subjectOf(endpoint)
  return withSpan(
    { name: `call ${endpoint.service} ${endpoint.name}`, kind: 'client' },
    async () => {
      const fields = injectTrace(
        writeContext({
          actor: context?.actor ?? { kind: 'service', id: service },
          requestId: context?.requestId ?? '',
          idempotencyKey: context?.idempotencyKey ?? null,
        }),
      )
      const data = await packJson(endpoint.input.parse(input), fields)
      const reply = await nats
        .request(subject, data, { timeout: endpoint.timeoutMs, headers: fields })
        .catch((cause: unknown) => {
          throw asBusOutage(cause, { subject })
        })
      const error = errorName(reply.headers)
      if (error !== '') throw fromErrorBody(error, await unpackJson(reply.data, reply.headers))
      return read(reply)
    },
  )
}
