import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LaunchFailure } from '../launch-failure.ts'
import { identify, isRunning } from './process-identity.ts'
import {
  type Supervised,
  supervise,
  type SupervisedCommand,
  type SupervisorNews,
} from './supervise.ts'
import { waitUntil } from './wait-until.ts'

let folder: string
let running: Supervised[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervise-'))
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop({ graceMs: 0 })))
  rmSync(folder, { recursive: true })
})

const start = (script: string, more: Partial<SupervisedCommand> = {}) => {
  const news: SupervisorNews[] = []
  const member = supervise(
    {
      name: 'example',
      command: process.execPath,
      args: ['-e', script],
      env: {},
      deathSignal: 'KILL',
      stopSignal: 'SIGTERM',
      stopGraceMs: 10_000,
      logFile: join(folder, 'example.log'),
      isReady: ({ newLines }) => newLines.includes('up'),
      readyTimeoutMs: 20_000,
      ...more,
    },
    { onNews: (item) => news.push(item) },
  )
  running.push(member)
  return { member, news }
}

const stayUp = `console.log('up'); setInterval(() => {}, 1000)`

test('starts again what was killed, and says so', async () => {
  const { member, news } = start(stayUp)
  await member.untilReady()
  const before = member.identity()?.pid
  await member.kill()
  await member.untilReady()
  expect(member.identity()?.pid).not.toBe(before)
  expect(news.map(({ kind }) => kind)).toEqual(['spawned', 'died', 'spawned'])
})

test('counts no death against what it killed by itself', async () => {
  const { member, news } = start(stayUp)
  for (let kills = 0; kills < 3; kills += 1) {
    await member.untilReady()
    await member.kill()
  }
  await member.untilReady()
  expect(news.flatMap((each) => (each.kind === 'died' ? [each.restartInMs] : []))).toEqual([
    200, 200, 200,
  ])
})

test('tells why something never came up, with the end of its log', async () => {
  const { member } = start(`console.log('no database there'); process.exit(3)`)
  const failure = await member.untilReady().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(LaunchFailure)
  expect(failure).toMatchObject({
    message: 'example ended 3 times (code 3)',
    logTail: 'no database there\nno database there\nno database there',
  })
})

test('lets it finish when it is stopped, and does not start it again', async () => {
  const { member, news } = start(
    `process.on('SIGTERM', () => { console.log('finished'); process.exit() }); ${stayUp}`,
  )
  await member.untilReady()
  await member.stop()
  expect(readFileSync(join(folder, 'example.log'), 'utf8')).toContain('finished')
  expect(news.map(({ kind }) => kind)).toEqual(['spawned'])
})

test('ends what does not want to stop', async () => {
  const { member } = start(`process.on('SIGTERM', () => {}); ${stayUp}`)
  await member.untilReady()
  const identity = member.identity()
  await member.stop({ graceMs: 50 })
  expect(identity && isRunning(identity)).toBe(false)
})

test.runIf(process.platform === 'linux')(
  'leaves nothing running when it is killed itself',
  async () => {
    const pidFile = join(folder, 'child.pid')
    const script = join(folder, 'parent.ts')
    writeFileSync(
      script,
      `import { supervise } from ${JSON.stringify(join(import.meta.dirname, 'supervise.ts'))}
     import { writeFileSync } from 'node:fs'
     const child = supervise({ name: 'child', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'],
       env: {}, deathSignal: 'KILL', stopSignal: 'SIGTERM', stopGraceMs: 1000, readyTimeoutMs: 1000,
       logFile: ${JSON.stringify(join(folder, 'child.log'))}, isReady: () => true }, { onNews: () => {} })
     await child.untilReady()
     writeFileSync(${JSON.stringify(pidFile)}, String(child.identity().pid))
     setInterval(() => {}, 1000)`,
    )
    const parent = spawn(process.execPath, [script], { stdio: 'ignore' })
    const pidOf = () => {
      try {
        return Number(readFileSync(pidFile, 'utf8'))
      } catch {
        return 0
      }
    }
    expect(await waitUntil(() => pidOf() > 0, { timeoutMs: 20_000 })).toBe(true)
    const child = identify(pidOf())
    expect(child).toBeDefined()
    parent.kill('SIGKILL')
    const isGone = () => child !== undefined && !isRunning(child)
    expect(await waitUntil(isGone, { timeoutMs: 10_000 })).toBe(true)
  },
)
