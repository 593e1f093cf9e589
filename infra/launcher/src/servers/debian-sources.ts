import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerKind } from './find-server.ts'

const DEFAULT_ARCHIVE = 'http://deb.debian.org/debian'
/** Has nats-server 2.10; bookworm's 2.9 is too old. */
const NATS_SUITE = 'trixie'
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** What /etc/os-release says: `{ ID: 'debian', VERSION_CODENAME: 'bookworm', … }`. */
export const parseOsRelease = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => /^(\w+)="?([^"]*)"?$/.exec(line))
      .flatMap((match) => (match?.[1] && match[2] !== undefined ? [[match[1], match[2]]] : [])),
  )

/** The archive (perhaps a mirror) from which this machine takes its Debian, out of its own source lists. */
export const findArchive = (sourceLists: readonly string[]): string => {
  for (const text of sourceLists) {
    const uri = /^(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s+(\S+\/debian\/?)(?:\s|$)/m.exec(text)?.[1]
    if (uri) return uri.replace(/\/$/, '')
  }
  return DEFAULT_ARCHIVE
}

const readSourceLists = (): readonly string[] => {
  const folder = '/etc/apt/sources.list.d'
  const more = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  return ['/etc/apt/sources.list', ...more]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
}

export type DebianSource = {
  /** Text of a private sources.list; absent: the machine's own lists will do (Ubuntu and its kin). */
  readonly sourcesList?: string
}

/** From where a server can be had on this machine, if it is of Debian's family. */
export const findDebianSource = (server: ServerKind['name']): DebianSource | undefined => {
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return undefined
  const release = parseOsRelease(readFileSync('/etc/os-release', 'utf8'))
  if (release['ID'] !== 'debian') return {}
  const own = release['VERSION_CODENAME']
  if (own === undefined || own === '') return undefined
  const suite = server === 'nats-server' && own === 'bookworm' ? NATS_SUITE : own
  const archive = findArchive(readSourceLists())
  return { sourcesList: `deb [signed-by=${KEYRING}] ${archive} ${suite} main\n` }
}
