import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ReceivedSpan = {
  traceId: string
  name: string
  /** By the wall clock. */
  startMs: number
  endMs: number
  attributes: Readonly<Record<string, string>>
}

export type SpanReceiver = {
  readonly url: string
  readonly spans: readonly ReceivedSpan[]
  readonly stop: () => void
}

type WireSpan = {
  traceId: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes?: { key: string; value: { stringValue?: string } }[]
}
type WireExport = { resourceSpans: { scopeSpans: { spans: WireSpan[] }[] }[] }

/** A clock that is read at the start of a span counts whole milliseconds: on the average half of one is missing. */
const cutOffMs = 0.5

const spanOf = ({
  traceId,
  name,
  startTimeUnixNano,
  endTimeUnixNano,
  attributes = [],
}: WireSpan): ReceivedSpan => ({
  traceId,
  name,
  startMs: Number(startTimeUnixNano) / 1e6 + cutOffMs,
  endMs: Number(endTimeUnixNano) / 1e6 + cutOffMs,
  attributes: Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? '']),
  ),
})

const read = async (request: IncomingMessage): Promise<WireExport> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString()) as WireExport
}

/** Takes the traces that services export. */
export const startSpanReceiver = async (): Promise<SpanReceiver> => {
  const spans: ReceivedSpan[] = []
  const server = createServer((request, response) => {
    void read(request).then(({ resourceSpans }) => {
      for (const { scopeSpans } of resourceSpans)
        for (const scope of scopeSpans) spans.push(...scope.spans.map(spanOf))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
