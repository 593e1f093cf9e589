import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runToEnd } from '../process/run-to-end.ts'
import { findOnPath } from './find-on-path.ts'

export type ServerKind = {
  readonly name: 'nats-server' | 'redis-server'
  /** The oldest version that will do. */
  readonly versionMin: readonly [number, number]
}

export const natsServer: ServerKind = { name: 'nats-server', versionMin: [2, 10] }
/** BullMQ recommends 6.2. */
export const redisServer: ServerKind = { name: 'redis-server', versionMin: [6, 2] }

export type FoundServer = {
  readonly path: string
  readonly version: string
  /** Where its own libraries lie, when it was unpacked and not installed. */
  readonly env: Readonly<Record<string, string>>
}

export const isVersionEnough = (
  version: string,
  [major, minor]: readonly [number, number],
): boolean => {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number)
  return ownMajor > major || (ownMajor === major && ownMinor >= minor)
}

/** The libraries of an unpacked Debian package, which the system's loader does not look for. */
const libraryFolders = (root: string): string =>
  ['usr/lib', 'lib']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [
      folder,
      ...readdirSync(folder)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(folder, name)),
    ])
    .join(':')

const tryServer = async (
  { versionMin }: ServerKind,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<FoundServer | undefined> => {
  const { code, output } = await runToEnd({
    command: path,
    args: ['--version'],
    env: { PATH: process.env['PATH'], ...env },
    timeoutMs: 10_000,
  })
  const version = /v[=]?(\d+\.\d+\.\d+)/.exec(output)?.[1]
  if (code !== 0 || version === undefined || !isVersionEnough(version, versionMin)) return undefined
  return { path, version, env }
}

/** A server of the system, or one that an earlier start unpacked. */
export const findServer = async (
  kind: ServerKind,
  unpackedFolder: string,
): Promise<FoundServer | undefined> => {
  for (const path of findOnPath(kind.name)) {
    const found = await tryServer(kind, path, {})
    if (found) return found
  }
  for (const folder of ['usr/sbin', 'usr/bin']) {
    const path = join(unpackedFolder, folder, kind.name)
    if (!existsSync(path)) continue
    const found = await tryServer(kind, path, { LD_LIBRARY_PATH: libraryFolders(unpackedFolder) })
    if (found) return found
  }
  return undefined
}
