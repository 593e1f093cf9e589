import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectNats } from './connect-nats.ts'
import { createLogger } from './logger.ts'
import { serve } from './serve.ts'

let nats: Awaited<ReturnType<typeof startPrivateNats>>
beforeAll(async () => {
  nats = await startPrivateNats()
})
afterAll(() => nats.stop())

/** As a container runs it: the code it ends with. */
const healthOf = (copy: string) =>
  new Promise<number | null>((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      ...nats.env('llm-router'),
      POSTGRES_URL: 'postgres://nobody@127.0.0.1:1/none',
      COPY_NAME: copy,
    }
    const args = [join(import.meta.dirname, 'healthcheck.ts'), 'llm-router']
    const child = execFile(process.execPath, args, { env })
    child.once('exit', resolve)
  })

test('a health check hears its own copy, not another one of the same service', async () => {
  const connection = await connectNats(nats.env('llm-router'), 'router')
  const log = createLogger({ service: 'llm-router', copy: 'first', level: 'silent' })
  const served = await serve({ nats: connection, log, service: 'llm-router', version: '1.0.0' }, [])
  expect(await Promise.all([healthOf('first'), healthOf('second')])).toEqual([0, 1])
  await served.stop()
  expect(await healthOf('first')).toBe(1)
  await connection.drain()
})
