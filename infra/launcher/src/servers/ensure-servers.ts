import { mkdirSync, rmSync } from 'node:fs'
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

/** One per person and machine: several checkouts and the tests share what was downloaded once. */
const cacheFolder = (): string => {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(base, 'maestro', `servers-${process.arch}-${UNPACKED_EDITION}`)
}

const missing = ({ name, versionMin }: ServerKind, logTail: string): LaunchFailure => {
  const variable = name === 'nats-server' ? 'NATS_URL' : 'REDIS_URL'
  const install =
    process.platform === 'darwin'
      ? `brew install ${name === 'redis-server' ? 'redis' : name}`
      : `apt-get install ${name}`
  return new LaunchFailure(
    `${name} ${versionMin.join('.')} or newer is not on this machine and cannot be downloaded`,
    `Install it (${install}), or set ${variable} to one that you have, or run docker compose up.`,
    { logTail },
  )
}

/** Finds one server: on this machine, in our cache, or in Debian's archive. */
const ensureServer = async (
  kind: ServerKind,
  onDownload: (name: string) => void,
): Promise<FoundServer> => {
  const folder = join(cacheFolder(), kind.name)
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
export const ensureNats = (onDownload: (name: string) => void = () => undefined) =>
  ensureServer(natsServer, onDownload)
export const ensureRedis = (onDownload: (name: string) => void = () => undefined) =>
  ensureServer(redisServer, onDownload)
