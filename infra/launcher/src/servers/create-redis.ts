import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askServer } from './ask-server.ts'
import type { EmbeddedServer } from './embedded-server.ts'
import type { FoundServer } from './find-server.ts'

/** Prepares a redis-server of our own. BullMQ must never lose a key to eviction, nor more than a second to a crash. */
export const createRedis = ({
  found,
  folder,
  logFile,
  port,
  password,
}: {
  found: FoundServer
  folder: string
  logFile: string
  port: number
  password: string
}): EmbeddedServer => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const confFile = join(folder, 'redis.conf')
  const conf = `bind 127.0.0.1
port ${port}
requirepass ${password}
dir ${JSON.stringify(folder)}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
`
  writeFileSync(confFile, conf, { mode: 0o600 })
  return {
    port,
    version: found.version,
    command: {
      name: 'redis',
      command: found.path,
      args: [confFile],
      env: { PATH: process.env['PATH'], ...found.env },
      cwd: folder,
      deathSignal: 'TERM',
      stopSignal: 'SIGTERM',
      stopGraceMs: 10_000,
      logFile,
      isReady: async () =>
        (await askServer(port, `AUTH ${password}\r\nPING\r\n`)).startsWith('+OK\r\n+PONG'),
      readyTimeoutMs: 60_000,
    },
  }
}
