import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createProcessGroup } from '@maestro/launcher/process/process-group'
import { createRedis } from '@maestro/launcher/servers/create-redis'
import { ensureRedis } from '@maestro/launcher/servers/ensure-servers'
import { freePort } from '@maestro/launcher/servers/free-port'
import { throwawayFolder } from './throwaway-folder.ts'

const PASSWORD = 'test'

export type PrivateRedis = {
  readonly url: string
  /** Ends it as a crash would; it stays down until `restart`. */
  readonly kill9: () => Promise<void>
  /** Up again on the same port with what reached its disk. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** A redis-server of its own for a test that wants to hurt it. */
export const startPrivateRedis = async (): Promise<PrivateRedis> => {
  const folder = throwawayFolder()
  const found = await ensureRedis({ home: folder.path })
  const port = await freePort()
  const dataFolder = join(folder.path, 'redis')
  mkdirSync(dataFolder, { recursive: true })
  const { command } = createRedis({
    found,
    folder: dataFolder,
    logFile: join(folder.path, 'redis.log'),
    port,
    password: PASSWORD,
  })
  const start = async () => {
    const group = createProcessGroup({ onNews: () => undefined })
    await group.start(command).untilReady()
    return group
  }
  let running = await start()
  return {
    url: `redis://:${PASSWORD}@127.0.0.1:${port}`,
    kill9: () => running.stop({ graceMs: 0, signal: 'SIGKILL' }),
    restart: async () => {
      await running.stop()
      running = await start()
    },
    stop: async () => {
      await running.stop()
      folder.remove()
    },
  }
}
