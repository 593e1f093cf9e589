import { z } from 'zod'
import { subjectOf } from '../src/endpoint.ts'
import { ErrorBody } from '../src/error-body.ts'
import { ClientMessage, liveFeedPath, ServerFrame } from '../src/gateway/live-feed.ts'
import { CallReply, CallWork } from '../src/llm/call-work.ts'
import { LiveDelta } from '../src/llm/live-delta.ts'
import { LogBatch } from '../src/log/log-batch.ts'
import { headlineTypes } from '../src/task/headlines.ts'
import { allEndpoints } from './all-endpoints.ts'
import { eventDescriptions } from './event-schemas.ts'
import { createSchemaWriter, type JsonObject, type SchemaWriter } from './json-schemas.ts'

const description = [
  'Everything that travels over the bus (NATS, subjects that start with `maestro.`) and over the live feed (WebSocket).',
  'Outside programs subscribe to `maestro.event.>` and `maestro.live.>` with the user that `npm start` writes to `connection.json`. Requests (`maestro.rpc.…`) and work are for our own services; they are described here so that their traffic can be read.',
  'Events are CloudEvents 1.0 in structured JSON. `seq` is dense per subject, so that a reader can prove that it has missed nothing. Money is integer nano-dollars. A reply that is larger than 48 KiB is gzip (`Content-Encoding`); a reply with the header `Nats-Service-Error` is an error.',
].join('\n\n')

type Parts = {
  channels: Record<string, JsonObject>
  operations: Record<string, JsonObject>
  messages: Record<string, JsonObject>
  writer: SchemaWriter
}

const messageRef = (name: string): JsonObject => ({ $ref: `#/components/messages/${name}` })
const channelRef = (name: string): JsonObject => ({ $ref: `#/channels/${name}` })

/** The bus and the live feed as AsyncAPI 3. */
export const asyncApi = (): JsonObject => {
  const writer = createSchemaWriter('#/components/schemas/')
  const parts: Parts = { channels: {}, operations: {}, messages: {}, writer }
  addEvents(parts)
  addWork(parts)
  addLiveFeed(parts)
  addEndpoints(parts)
  const { channels, operations, messages } = parts
  return {
    asyncapi: '3.0.0',
    info: { title: 'Maestro', version: '0.1.0', description },
    servers: {
      bus: { host: '127.0.0.1:4222', protocol: 'nats', description: 'nats-server 2.10 or newer.' },
      gateway: { host: '127.0.0.1:8080', protocol: 'ws', description: 'The live feed.' },
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: { messages, schemas: writer.components() },
  }
}

const parametersOf = (address: string): JsonObject =>
  Object.fromEntries([...address.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, {}]))

const addChannel = (
  { channels }: Parts,
  name: string,
  address: string,
  messageNames: readonly string[],
  server: 'bus' | 'gateway' = 'bus',
) => {
  channels[name] = {
    address,
    servers: [{ $ref: `#/servers/${server}` }],
    parameters: parametersOf(address),
    messages: Object.fromEntries(messageNames.map((message) => [message, messageRef(message)])),
  }
}

const addMessage = (
  { messages, writer }: Parts,
  name: string,
  schema: z.ZodType,
  io: 'input' | 'output' = 'output',
) => {
  messages[name] = { name, payload: writer.write(schema, io) }
}

const addEvents = (parts: Parts) => {
  const bySubject = Map.groupBy(eventDescriptions, ({ subject }) => subject)
  for (const [subject, events] of bySubject) {
    const kind = subject.split('.')[2] ?? ''
    for (const { name, schema } of events) addMessage(parts, name, schema)
    addChannel(
      parts,
      `${kind}Events`,
      subject,
      events.map(({ name }) => name),
    )
    parts.operations[`tell${kind.charAt(0).toUpperCase()}${kind.slice(1)}Events`] = {
      action: 'send',
      channel: channelRef(`${kind}Events`),
      summary: `Facts, kept in the stream EVENTS for 30 days.`,
    }
  }
  addChannel(parts, 'headlines', 'maestro.headline.{taskId}', headlineTypes)
  parts.operations['tellHeadlines'] = {
    action: 'send',
    channel: channelRef('headlines'),
    summary:
      'The events of tasks on which other services act, told a second time beside all others; for our own services.',
  }
}

const addWork = (parts: Parts) => {
  addMessage(parts, 'LiveDelta', LiveDelta)
  addChannel(parts, 'liveText', 'maestro.live.{taskId}.{callId}', ['LiveDelta'])
  parts.operations['tellLiveText'] = {
    action: 'send',
    channel: channelRef('liveText'),
    summary: 'Text of a running call, kept in the stream LIVE for minutes.',
  }
  addMessage(parts, 'LogBatch', LogBatch)
  addChannel(parts, 'serviceLogs', 'maestro.log.{service}', ['LogBatch'])
  parts.operations['tellServiceLogs'] = {
    action: 'send',
    channel: channelRef('serviceLogs'),
    summary:
      'What a service says of itself, from level info on, at most a message a second of each process, kept in the stream LOGS for hours.',
  }
  addMessage(parts, 'CallWork', CallWork)
  addMessage(parts, 'CallReply', CallReply)
  addChannel(parts, 'modelCalls', 'maestro.work.llm.{priority}', ['CallWork', 'CallReply'])
  parts.operations['takeModelCall'] = {
    action: 'receive',
    channel: channelRef('modelCalls'),
    summary:
      'Model calls that wait for a router worker, in the stream LLM_WORK. The reply goes to `replyTo`.',
  }
  addMessage(parts, 'StopCall', z.object({}))
  addChannel(parts, 'stopCalls', 'maestro.cancel.{callId}', ['StopCall'])
  parts.operations['stopCall'] = {
    action: 'receive',
    channel: channelRef('stopCalls'),
    summary: 'Stop this call.',
  }
}

const addLiveFeed = (parts: Parts) => {
  addMessage(parts, 'ClientMessage', ClientMessage, 'input')
  addMessage(parts, 'ServerFrame', ServerFrame)
  addChannel(parts, 'liveFeed', liveFeedPath, ['ClientMessage', 'ServerFrame'], 'gateway')
  const channel = channelRef('liveFeed')
  parts.operations['hearClient'] = {
    action: 'receive',
    channel,
    summary: 'A frame of a client is one message.',
    messages: [{ $ref: '#/channels/liveFeed/messages/ClientMessage' }],
  }
  parts.operations['tellClient'] = {
    action: 'send',
    channel,
    summary: 'A frame of the server is an array: what is due within the same 16 ms.',
    messages: [{ $ref: '#/channels/liveFeed/messages/ServerFrame' }],
  }
}

const addEndpoints = (parts: Parts) => {
  addMessage(parts, 'Error', ErrorBody)
  for (const endpoint of allEndpoints) {
    const id = `${endpoint.service.replaceAll('-', '_')}_${endpoint.name}`
    const [asked, answered] = [`${id}_request`, `${id}_reply`]
    addMessage(parts, asked, endpoint.input, 'input')
    addMessage(parts, answered, endpoint.output)
    addChannel(parts, id, subjectOf(endpoint), [asked, answered, 'Error'])
    parts.operations[id] = {
      action: 'receive',
      channel: channelRef(id),
      summary: endpoint.summary,
      description: `Waits ${endpoint.timeoutMs} ms at most. Rejections: ${endpoint.errors.join(', ') || 'none'}.`,
      messages: [{ $ref: `#/channels/${id}/messages/${asked}` }],
      reply: {
        address: { location: '$message.header#/reply' },
        channel: channelRef(id),
        messages: [answered, 'Error'].map((name) => ({
          $ref: `#/channels/${id}/messages/${name}`,
        })),
      },
    }
  }
}
