import { accessSync, constants, mkdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { LaunchFailure } from '../launch-failure.ts'
import { findDebianSource } from './debian-sources.ts'
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
/** With the libraries that a small system may lack. */
const packages: Readonly<Record<ServerKind['name'], readonly string[]>> = {
  'nats-server': ['nats-server'],
  'redis-server': [
    'redis-server',
    'redis-tools',
    'libjemalloc2',
    'liblzf1',
    'libatomic1',
    'libssl3',
  ],
}

const isUsable = (folder: string): boolean => {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** One per person and machine: several checkouts and the tests share what was downloaded once. */
const cacheFolder = (home: string): string => {
  const name = `servers-${process.arch}-${UNPACKED_EDITION}`
  const shared = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'maestro', name)
  return isUsable(shared) ? shared : join(home, name)
}

/** The command that helps on this machine. */
const installCommand = ({ name }: ServerKind): string => {
  if (process.platform === 'darwin') return `brew install ${name.replace('redis-server', 'redis')}`
  const source = findDebianSource(name)
  // An older Debian has no nats-server that is new enough: it comes from the next one.
  if (name !== 'nats-server' || source?.sourcesList === undefined) return `apt-get install ${name}`
  const list = '/etc/apt/sources.list.d/maestro-nats.list'
  return `echo '${source.sourcesList.trim()}' > ${list} && apt-get update && apt-get install nats-server`
}

const missing = (kind: ServerKind, logTail: string): LaunchFailure => {
  const { name, versionMin } = kind
  const variable = name === 'nats-server' ? 'NATS_URL' : 'REDIS_URL'
  return new LaunchFailure(
    `${name} ${versionMin.join('.')} or newer is not on this machine and cannot be downloaded`,
    `Install it (${installCommand(kind)}), or set ${variable} to one that you have, or run docker compose up.`,
    { logTail },
  )
}

export type EnsureOptions = {
  /** Where to keep what was downloaded when this person has no cache folder. */
  readonly home: string
  readonly onDownload?: ((name: string) => void) | undefined
}

/** Finds one server: on this machine, in our cache, or in Debian's archive. */
const ensureServer = async (
  kind: ServerKind,
  { home, onDownload = () => undefined }: EnsureOptions,
): Promise<FoundServer> => {
  const folder = join(cacheFolder(home), kind.name)
  const found = await findServer(kind, folder)
  if (found) return found
  const source = findDebianSource(kind.name)
  if (!source) throw missing(kind, '')
  onDownload(kind.name)
  mkdirSync(dirname(folder), { recursive: true })
  // What is there but does not run (the system was upgraded under it) makes room.
  rmSync(folder, { recursive: true, force: true })
  const { output } = await unpackDebianPackages({
    packages: packages[kind.name],
    sourcesList: source.sourcesList,
    folder,
  })
  const afterwards = await findServer(kind, folder)
  if (!afterwards) throw missing(kind, output.trim())
  return afterwards
}

/** npm does not bring these two servers. */
export const ensureNats = (options: EnsureOptions) => ensureServer(natsServer, options)
export const ensureRedis = (options: EnsureOptions) => ensureServer(redisServer, options)
