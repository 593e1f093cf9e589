import { type BusAccess, streamNames } from './access-table.ts'

export type Permissions = {
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}

/** The inbox prefix of a user: replies to one user are no other user's to read. */
export const inboxPrefixOf = (name: string): string => `_INBOX_${name}`

const discovery = ['PING', 'INFO', 'STATS'].flatMap((verb) => [`$SRV.${verb}`, `$SRV.${verb}.>`])

/** Any service may make sure that all streams exist: nobody has to start first. None may delete or empty one. */
const ensureStreams = [
  '$JS.API.INFO',
  '$JS.API.STREAM.NAMES',
  ...streamNames.flatMap((stream) =>
    ['INFO', 'CREATE', 'UPDATE'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
  ),
]

const listConsumers = streamNames.map((stream) => `$JS.API.CONSUMER.LIST.${stream}`)

const readStream = (stream: string): readonly string[] => [
  `$JS.API.CONSUMER.CREATE.${stream}`,
  `$JS.API.CONSUMER.CREATE.${stream}.>`,
  `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.>`,
  `$JS.API.CONSUMER.INFO.${stream}.>`,
  `$JS.API.CONSUMER.NAMES.${stream}`,
  `$JS.API.CONSUMER.LIST.${stream}`,
  `$JS.API.CONSUMER.DELETE.${stream}.>`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.>`,
  `$JS.ACK.${stream}.>`,
  `$JS.FC.${stream}.>`,
]

/** Logs of others are nobody's to read: the timeline collects them through its consumer. */
const sharedStreams = streamNames.filter((stream) => stream !== 'LOGS')

/** The last message of a subject, which a relay looks at when it takes over (I3). */
const readMessages = (stream: string): readonly string[] => [
  `$JS.API.STREAM.MSG.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}.>`,
]

export const toPermissions = (name: string, access: BusAccess): Permissions => ({
  publish: [
    ...access.publishes,
    ...access.calls.map((call) => `maestro.rpc.${call}`),
    ...(access.discovers ? [...discovery, ...listConsumers] : []),
    // Its own health check asks whether it is there; what it says of itself is collected.
    ...(access.serves ? [`$SRV.PING.${name}`, `maestro.log.${name}`] : []),
    ...ensureStreams,
    ...sharedStreams.flatMap(readMessages),
    ...access.consumes.flatMap(readStream),
    ...access.measures.map((stream) => `$JS.API.CONSUMER.LIST.${stream}`),
  ],
  subscribe: [
    `${inboxPrefixOf(name)}.>`,
    ...(access.serves ? [`maestro.rpc.${name}.>`, ...discovery] : []),
    ...access.listens,
  ],
})

/** Outside programs look and listen; they call nothing and publish nothing but the question who is there. */
export const outsidePermissions = (sees: readonly string[]): Permissions => ({
  publish: discovery,
  subscribe: [`${inboxPrefixOf('outside')}.>`, ...sees],
})
