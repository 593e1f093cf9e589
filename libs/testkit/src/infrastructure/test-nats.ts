import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createProcessGroup } from '@maestro/launcher/process/process-group'
import { createNats } from '@maestro/launcher/servers/create-nats'
import { ensureNats } from '@maestro/launcher/servers/ensure-servers'
import { freePort } from '@maestro/launcher/servers/free-port'
import { throwawayFolder } from './throwaway-folder.ts'

const PASSWORD = 'test'

export type PrivateNats = {
  readonly url: string
  /** How a service (or `admin`) connects to it. */
  readonly env: (
    user: string,
  ) => Record<'NATS_URL' | 'NATS_USER' | 'NATS_PASSWORD' | 'NATS_INBOX_PREFIX', string>
  readonly pid: () => number | undefined
  /** Ends it as a crash would; it stays down until `restart`. */
  readonly kill9: () => Promise<void>
  /** Up again on the same port with the same data. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** A nats-server of its own for a test that wants to hurt it. */
export const startPrivateNats = async ({
  dir,
  port: wantedPort,
}: { dir?: string; port?: number } = {}): Promise<PrivateNats> => {
  const folder = dir === undefined ? throwawayFolder() : { path: dir, remove: () => undefined }
  const port = wantedPort ?? (await freePort())
  mkdirSync(folder.path, { recursive: true })
  const found = await ensureNats({ home: folder.path })
  const { command } = createNats({
    found,
    folder: join(folder.path, 'nats'),
    logFile: join(folder.path, 'nats.log'),
    port,
    passwordOf: () => PASSWORD,
    withAdmin: true,
  })
  const start = async () => {
    const group = createProcessGroup({ onNews: () => undefined })
    const server = group.start(command)
    await server.untilReady()
    return { group, server }
  }
  let running = await start()
  const url = `nats://127.0.0.1:${port}`
  return {
    url,
    env: (user) => ({
      NATS_URL: url,
      NATS_USER: user,
      NATS_PASSWORD: PASSWORD,
      NATS_INBOX_PREFIX: `_INBOX_${user}`,
    }),
    pid: () => running.server.identity()?.pid,
    kill9: async () => {
      // Stopping the group first keeps its supervisor from starting the server again.
      await running.group.stop({ graceMs: 0, signal: 'SIGKILL' })
    },
    restart: async () => {
      await running.group.stop()
      running = await start()
    },
    stop: async () => {
      await running.group.stop()
      folder.remove()
    },
  }
}
