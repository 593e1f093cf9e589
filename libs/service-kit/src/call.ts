import { type Endpoint, subjectOf } from '@maestro/contracts/endpoint'
import type { z } from 'zod'
import { asBusOutage } from './bus-outage.ts'
import type { NatsConnection } from './nats.ts'
import { type RequestContext, writeContext } from './request-context.ts'
import { injectTrace, withSpan } from './trace.ts'
import { errorName, fromErrorBody } from './wire-error.ts'
import { packJson, unpackJson } from './wire-json.ts'

/**
 * Asks an endpoint by NATS.
 * @throws {AppError} what the endpoint names, `UNAVAILABLE` when nobody serves it, `TIMEOUT` when nobody answers, `PAYLOAD_TOO_LARGE` when the input does not fit a message.
 */
export type Call = <Input extends z.ZodType, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  input: z.input<Input>,
  context?: Partial<RequestContext>,
) => Promise<z.infer<Output>>

export const createCaller =
  ({ nats, service }: { nats: NatsConnection; service: string }): Call =>
  (endpoint, input, context) => {
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
        const body = await unpackJson(reply.data, reply.headers)
        const error = errorName(reply.headers)
        if (error !== '') throw fromErrorBody(error, body)
        return endpoint.output.parse(body)
      },
    )
  }
