import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderNatsConf } from '@maestro/nats-access/render-nats-conf'
import { askServer } from './ask-server.ts'
import type { EmbeddedServer } from './embedded-server.ts'
import type { FoundServer } from './find-server.ts'

/** Prepares a nats-server of our own: configuration with its users, JetStream folder. */
export const createNats = ({
  found,
  folder,
  logFile,
  port,
  passwordOf,
  withAdmin = false,
}: {
  found: FoundServer
  folder: string
  logFile: string
  port: number
  passwordOf: (user: string) => string
  withAdmin?: boolean
}): EmbeddedServer => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const confFile = join(folder, 'nats.conf')
  const conf = renderNatsConf({
    host: '127.0.0.1',
    port,
    storeDir: folder,
    passwordOf: (user) => JSON.stringify(passwordOf(user)),
    withAdmin,
  })
  writeFileSync(confFile, conf, { mode: 0o600 })
  return {
    port,
    version: found.version,
    command: {
      name: 'nats',
      command: found.path,
      args: ['-c', confFile],
      env: { PATH: process.env['PATH'], ...found.env },
      cwd: folder,
      deathSignal: 'TERM',
      stopSignal: 'SIGTERM',
      stopGraceMs: 10_000,
      logFile,
      isReady: async () => (await askServer(port, '')).startsWith('INFO'),
      readyTimeoutMs: 60_000,
    },
  }
}
