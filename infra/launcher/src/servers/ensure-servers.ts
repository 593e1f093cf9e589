import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { LaunchFailure } from '../launch-failure.ts'
import { findDebianSources } from './debian-sources.ts'
import {
  type FoundServer,
  findServer,
  natsServer,
  redisServer,
  type ServerKind,
} from './find-server.ts'
import { unpackDebianPackages } from './unpack-debian-packages.ts'

/** Raised when the list of packages changes, so that what an older Maestro unpacked is not taken for complete. */
const UNPACKED_EDITION = 1
const redisPackages = [
  'redis-server',
  'redis-tools',
  'libjemalloc2',
  'liblzf1',
  'libatomic1',
  'libssl3',
]

export type Servers = {
  readonly nats: FoundServer | undefined
  readonly redis: FoundServer | undefined
}

/** One per person and machine: several checkouts and the tests share what was downloaded once. */
const cacheFolder = (): string => {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(base, 'maestro', `servers-${process.arch}-${UNPACKED_EDITION}`)
}

const missing = (kinds: readonly ServerKind[], logTail: string): LaunchFailure => {
  const names = kinds.map(({ name }) => name).join(' and ')
  const wanted = kinds
    .map(({ name, versionMin }) => `${name} >= ${versionMin.join('.')}`)
    .join(', ')
  const variables = kinds
    .map(({ name }) => (name === 'nats-server' ? 'NATS_URL' : 'REDIS_URL'))
    .join(' and ')
  const install =
    process.platform === 'darwin'
      ? `brew install ${kinds.map(({ name }) => name.replace('redis-server', 'redis')).join(' ')}`
      : `apt-get install ${kinds.map(({ name }) => name).join(' ')}`
  return new LaunchFailure(
    `${names} not found and not to be downloaded (needed: ${wanted})`,
    `Install: ${install}. Or set ${variables} to servers that you have, or run docker compose up.`,
    { logTail },
  )
}

/** Finds the servers that npm does not bring: on this machine, in our cache, or in Debian's archive. */
export const ensureServers = async ({
  needsNats,
  needsRedis,
  onDownload = () => undefined,
}: {
  needsNats: boolean
  needsRedis: boolean
  onDownload?: (names: string) => void
}): Promise<Servers> => {
  const cache = cacheFolder()
  const find = async (kind: ServerKind, isNeeded: boolean) =>
    isNeeded ? findServer(kind, join(cache, kind.name)) : undefined
  const findBoth = async (): Promise<Servers> => {
    const [nats, redis] = await Promise.all([
      find(natsServer, needsNats),
      find(redisServer, needsRedis),
    ])
    return { nats, redis }
  }
  const stillMissing = ({ nats, redis }: Servers) => [
    ...(needsNats && !nats ? [natsServer] : []),
    ...(needsRedis && !redis ? [redisServer] : []),
  ]
  const found = await findBoth()
  const toDownload = stillMissing(found)
  if (toDownload.length === 0) return found
  const sources = findDebianSources()
  if (!sources) throw missing(toDownload, '')

  onDownload(toDownload.map(({ name }) => name).join(' and '))
  mkdirSync(cache, { recursive: true })
  const groups = toDownload.map(({ name }) => ({
    folder: join(cache, name),
    packages:
      name === 'nats-server'
        ? [`nats-server${sources.natsSuite}`]
        : redisPackages.map((each) => `${each}${sources.ownSuite}`),
  }))
  // What is there but does not run (the system was upgraded under it) makes room.
  for (const { folder } of groups) rmSync(folder, { recursive: true, force: true })
  const { output } = await unpackDebianPackages({
    groups,
    sourcesList: sources.sourcesList,
    workFolder: mkdtempSync(join(cache, 'download-')),
  })
  const afterwards = await findBoth()
  const left = stillMissing(afterwards)
  if (left.length > 0) throw missing(left, output.trim())
  return afterwards
}
