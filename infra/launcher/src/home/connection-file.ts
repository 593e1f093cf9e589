import { inboxPrefixOf } from '@maestro/nats-access/to-permissions'
import { rmSync } from 'node:fs'
import type { System } from '../start-system.ts'
import { writeJsonFile } from './json-file.ts'

/** What an outside program reads to find this Maestro. */
export type Connection = {
  readonly console: string
  readonly token: string
  /** Absent when the server has no user for programs outside. */
  readonly nats?: { url: string; user?: string; password?: string; inboxPrefix: string }
  readonly home: string
  readonly pids: Readonly<Record<string, number>>
}

export const connectionOf = (system: System, home: string): Connection => {
  const { outsideNats } = system.infrastructure
  return {
    console: system.consoleUrl,
    token: system.token,
    ...(outsideNats && {
      nats: { url: outsideNats.url, ...outsideNats.login, inboxPrefix: inboxPrefixOf('outside') },
    }),
    home,
    pids: { launcher: process.pid, ...system.pids() },
  }
}

export const writeConnection = (file: string, connection: Connection): void => {
  writeJsonFile(file, connection)
}

/** An address at which nobody listens any more would only mislead. */
export const removeConnection = (file: string): void => rmSync(file, { force: true })
