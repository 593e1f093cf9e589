import { setTimeout as delay } from 'node:timers/promises'
import { type Endpoint, type ServiceName, subjectOf } from '@maestro/contracts/endpoint'
import { AppError } from '@maestro/contracts/errors'
import { z } from 'zod'
import { createCopyMetadata } from './copy-metadata.ts'
import { createEndpointMeter, type EndpointMeter } from './endpoint-stats.ts'
import type { Logger } from './logger.ts'
import { headers, type NatsConnection, type ServiceMsg } from './nats.ts'
import type { Outage } from './outage-log.ts'
import { readContext, type RequestContext } from './request-context.ts'
import { traceparentOf, withSpan } from './trace.ts'
import { troubleOf } from './trouble-of.ts'
import { errorHeaders, toAppError } from './wire-error.ts'
import { packJson, unpackJson } from './wire-json.ts'

export type Implementation = {
  readonly name: string
  readonly subject: string
  readonly handle: (request: unknown, context: RequestContext) => Promise<unknown>
}

/** Binds an endpoint to the function that answers it. Both sides of the wire are validated here. */
export const implement = <Input extends z.ZodType, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  answer: (input: z.infer<Input>, context: RequestContext) => Promise<z.infer<Output>>,
): Implementation => ({
  name: endpoint.name,
  subject: subjectOf(endpoint),
  handle: async (request, context) => {
    const input = endpoint.input.safeParse(request)
    if (!input.success) {
      throw new AppError('INVALID_INPUT', { issues: z.flattenError(input.error) })
    }
    return endpoint.output.parse(await answer(input.data, context))
  },
})

export type ServeOptions = {
  nats: NatsConnection
  log: Logger
  service: ServiceName
  version: string
  /** Requests answered at once by this copy; the rest wait in the subscription. */
  inFlightMax?: number
  /** What this copy has to do besides answering; an outage that lasts is told to whoever looks for services. */
  outages?: readonly (() => Outage | null)[]
}

const stopMsMax = 1_500

export type Served = { stop: () => Promise<void> }

/** Answers requests until stopped; found and measured by standard tools through `$SRV.PING/INFO/STATS`. */
export const serve = async (
  { nats, log, service, version, inFlightMax = 512, outages = [] }: ServeOptions,
  implementations: readonly Implementation[],
): Promise<Served> => {
  const inFlight = new Set<Promise<void>>()
  const meter = createEndpointMeter()
  const registered = await nats.services.add({
    name: service,
    version,
    description: `Maestro ${service}`,
    queue: service,
    // Its log knows which copy this is; a health check asks for it (`ping-copy.ts`).
    metadata: createCopyMetadata(String(log.bindings()['copy']), () =>
      troubleOf(
        outages.map((outage) => outage()),
        Date.now(),
      ),
    ),
    statsHandler: async ({ subject }) => meter.of(subject),
  })

  const listen = async (messages: AsyncIterable<ServiceMsg>, implementation: Implementation) => {
    // Iterate instead of passing a callback: a callback runs inside the socket read and may not await.
    for await (const message of messages) {
      if (inFlight.size >= inFlightMax) await Promise.race(inFlight)
      const reply = respond({ message, implementation, log, service, meter }).finally(() =>
        inFlight.delete(reply),
      )
      inFlight.add(reply)
    }
  }
  const subscriptions = implementations.map((implementation) => ({
    implementation,
    messages: registered.addEndpoint(implementation.name, { subject: implementation.subject }),
  }))
  const listeners = subscriptions.map(({ messages, implementation }) =>
    listen(messages, implementation),
  )
  // Whoever is told that this service stands may ask it at once.
  await nats.flush()

  return {
    stop: async () => {
      // The server confirms it; one that is away must not hold us.
      await Promise.race([registered.stop(), delay(stopMsMax, undefined, { ref: false })])
      // Stopping the service drains its subscriptions but leaves their iterators waiting for more.
      for (const { messages } of subscriptions) messages.stop()
      await Promise.all(listeners)
      await Promise.all(inFlight)
    },
  }
}

const respond = async ({
  message,
  implementation,
  log,
  service,
  meter,
}: {
  message: ServiceMsg
  implementation: Implementation
  log: Logger
  service: ServiceName
  meter: EndpointMeter
}): Promise<void> => {
  const context = readContext(message.headers)
  const startedAt = performance.now()
  const count = (failed: boolean) =>
    meter.count(implementation.subject, performance.now() - startedAt, failed)
  try {
    const result = await withSpan(
      {
        name: `${service} ${implementation.name}`,
        kind: 'server',
        traceparent: traceparentOf(message.headers),
      },
      async () => implementation.handle(await readRequest(message), context),
    )
    const fields = headers()
    const data = await packJson(result, fields)
    // Headers are dear to write and to read; an answer mostly has none.
    message.respond(data, fields.keys().length === 0 ? {} : { headers: fields })
    count(false)
  } catch (cause) {
    const error = toAppError(cause)
    const level = error.status >= 500 ? (error.retry ? 'warn' : 'error') : 'info'
    log[level](
      { err: error, subject: implementation.subject, requestId: context.requestId },
      'request failed',
    )
    refuse(message, error, context, log)
    count(error.status >= 500)
  }
}

/** Details that do not fit a message are left out, and a bus that has gone hears nothing: refusing must not fail. */
const refuse = (
  message: ServiceMsg,
  error: AppError,
  { requestId }: RequestContext,
  log: Logger,
): void => {
  const { code, message: text } = error
  const details = code === 'INTERNAL' ? {} : error.details
  for (const said of [details, {}]) {
    try {
      const body = JSON.stringify({ code, message: text, details: said, requestId })
      message.respond(body, { headers: errorHeaders(error) })
      return
    } catch (cause) {
      log.warn({ err: cause, subject: message.subject, requestId }, 'an error could not be sent')
    }
  }
}

const readRequest = async (message: ServiceMsg): Promise<unknown> => {
  try {
    return await unpackJson(message.data, message.headers)
  } catch (cause) {
    throw new AppError('INVALID_INPUT', { reason: 'the request is no JSON' }, { cause })
  }
}
