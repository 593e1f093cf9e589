import {
  type Attributes,
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { MsgHdrs } from './nats.ts'

const tracer = trace.getTracer('maestro')

/** The active trace as a W3C `traceparent`; undefined when nothing is traced. */
export const activeTraceparent = (): string | undefined => {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier['traceparent']
}

/** Writes the active trace into the headers of a message. */
export const injectTrace = (fields: MsgHdrs): MsgHdrs => {
  const traceparent = activeTraceparent()
  if (traceparent !== undefined) fields.set('traceparent', traceparent)
  return fields
}

/** The id of the active trace; undefined when nothing is traced. */
export const activeTraceId = (): string | undefined => {
  const spanContext = trace.getActiveSpan()?.spanContext()
  return spanContext && isSpanContextValid(spanContext) ? spanContext.traceId : undefined
}

export const traceparentOf = (fields: MsgHdrs | undefined): string | undefined =>
  fields?.get('traceparent') || undefined

/** Says more about what is going on now. Names and ids, like all attributes. */
export const annotateSpan = (attributes: Attributes): void => {
  trace.getActiveSpan()?.setAttributes(attributes)
}

type SpanOptions = {
  name: string
  kind: 'server' | 'client' | 'consumer' | 'producer' | 'internal'
  /** Continues this trace; left out: the active one. */
  traceparent?: string | undefined
  attributes?: Attributes
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  producer: SpanKind.PRODUCER,
  internal: SpanKind.INTERNAL,
} as const

/** Runs `work` inside a span. Attributes name things; they never hold prompts, answers or keys. */
export const withSpan = <T>(
  { name, kind, traceparent, attributes }: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> => {
  const parent =
    traceparent === undefined
      ? context.active()
      : propagation.extract(ROOT_CONTEXT, { traceparent })
  return tracer.startActiveSpan(
    name,
    { kind: kinds[kind], ...(attributes === undefined ? {} : { attributes }) },
    parent,
    async (span) => {
      try {
        return await work(span)
      } catch (error) {
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: error instanceof Error ? error.name : 'error',
        })
        throw error
      } finally {
        span.end()
      }
    },
  )
}
