import { setTimeout as delay } from 'node:timers/promises'
import { loadavg } from 'node:os'
import { taskEventSubject } from '@maestro/contracts/bus/subjects'
import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { searchHistory } from '@maestro/contracts/timeline/history-endpoints'
import { searchLogs } from '@maestro/contracts/timeline/log-endpoints'
import { getTaskTicks } from '@maestro/contracts/timeline/timeline-endpoints'
import { createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import postgres from 'postgres'
import { median } from './median.ts'
import { longHistory } from './timeline/long-history.ts'
import { millionEvents } from './timeline/million-events.ts'
import { millionLines } from './timeline/million-lines.ts'

// A bench, not a test: it says how long things take here and now, and fails for nothing.

const waitMsMax = 240_000
const looks = 40
const searches = [
  '',
  'type:StepFailed',
  'kind:budget "used up"',
  'token7',
  'rate limit*',
  'agent:critic -type:StepStarted timeout',
  'actor:ada step:write nothingatall',
]

const logSearches = [
  '',
  'level:error',
  'task:task_b777',
  'task:task_b777 level:warn',
  'service:budget "used up"',
  'token7 -agent:critic',
  'level:warn step:write nothingatall',
]

const say = (name: string, figure: string) => console.log(`${name.padEnd(64)}${figure}`)
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
const inMs = (times: readonly number[]) =>
  `median ${median(times).toFixed(1)} ms, slowest ${Math.max(...times).toFixed(1)} ms`

/** Positions all over a history, in an order that nobody scrolls in. */
const positions = (head: number) =>
  Array.from({ length: looks }, (_, look) => 1 + ((look * 7_919_993) % head))

console.log(`Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before this began\n`)
const system = await startTestSystem({ services: ['gateway'], durable: true })
const admin = postgres(system.postgresUrl, { max: 1, onnotice: () => undefined })
try {
  await admin.unsafe('create database bench_timeline')
  const url = new URL(system.postgresUrl)
  url.pathname = '/bench_timeline'
  const env = { ...system.natsEnv('timeline'), POSTGRES_URL: url.href, LOG_LEVEL: 'info' }
  const nats = await connectNats(system.natsEnv('admin'), 'bench')
  await ensureStreams(nats)
  const startCopy = (name: string) => startServiceProcess('timeline', { ...env, COPY_NAME: name })
  const first = await startCopy('timeline-1')
  const call = createCaller({ nats, service: 'gateway' })
  const sql = postgres(url.href, { max: 1, onnotice: () => undefined })

  const { task, events } = longHistory()
  const { taskId } = task
  const subject = taskEventSubject(taskId)
  const until = async (isThere: () => Promise<boolean>) => {
    const deadline = Date.now() + waitMsMax
    while (!(await isThere())) {
      if (Date.now() > deadline) throw new Error('it took too long')
      await delay(100)
    }
  }
  const written = await timed(async () => {
    const jetStream = nats.jetstream()
    for (let from = 0; from < events.length; from += 1_000) {
      const page = events.slice(from, from + 1_000)
      await Promise.all(
        page.map((event) => jetStream.publish(subject, JSON.stringify(toCloudEvent(event)))),
      )
    }
    await until(async () => {
      const [row] = await sql<
        { head: number }[]
      >`select head from task_heads where task_id = ${taskId}`
      return row?.head === events.length
    })
  })
  say('events of one task', String(events.length))
  say('published and written', `${((events.length / written) * 1_000).toFixed(0)} a second`)
  const settled = await timed(() =>
    until(async () => {
      const [row] = await sql<{ seq: number }[]>`
        select max(seq) as seq from snapshots where task_id = ${taskId}`
      return (row?.seq ?? 0) > events.length * 0.8
    }),
  )
  say('until its snapshots stand', `${(settled / 1_000).toFixed(1)} s`)
  say('its state at the end, as JSON', `${(JSON.stringify(task).length / 1e6).toFixed(1)} MB`)
  await first.stop()
  const timeline = await startCopy('timeline-2')
  const sizes: number[] = []
  const look = async (at: number, detail = 'outline') => {
    const answer = await fetch(
      `${system.consoleUrl}/api/tasks/${taskId}/state?at=${at}&detail=${detail}`,
      { headers: { authorization: `Bearer ${system.token}` } },
    )
    const body = await answer.arrayBuffer()
    if (!answer.ok) throw new Error(Buffer.from(body).toString('utf8'))
    sizes.push(body.byteLength)
  }
  const looksAt = async (places: readonly number[], detail?: string) => {
    const times: number[] = []
    for (const at of places) times.push(await timed(() => look(at, detail)))
    return inMs(times)
  }
  const everywhere = positions(events.length)
  say(
    'a new process: its state at the end, the first look there is',
    await looksAt([events.length]),
  )
  say('its state anywhere over HTTP, where nobody looked before', await looksAt(everywhere))
  say('the same once more', await looksAt(everywhere))
  say('the largest of these answers', `${(Math.max(...sizes) / 1e3).toFixed(0)} kB`)
  const short = positions(5_000)
  say('whole, anywhere in its first 5,000 events', await looksAt(short, 'whole'))
  say('the same once more', await looksAt(short, 'whole'))
  const ticks = await call(getTaskTicks, { taskId })
  say(
    'packed ticks',
    `${inMs([await timed(() => call(getTaskTicks, { taskId }))])}, ${(ticks.packed.length / 1e3).toFixed(0)} kB`,
  )
  say(
    '\na million events more, put there',
    `${((await timed(() => millionEvents(sql))) / 1_000).toFixed(1)} s`,
  )
  const anything = {
    kind: null,
    type: null,
    actor: null,
    task: null,
    step: null,
    agent: null,
    from: null,
    to: null,
    cursor: null,
    limit: 50,
  }
  const measure = async (
    name: string,
    queries: readonly string[],
    search: (q: string) => Promise<{ items: readonly unknown[] }>,
  ) => {
    for (const q of queries) {
      const times: number[] = []
      let lines = 0
      for (let run = 0; run < 5; run += 1) {
        times.push(
          await timed(async () => {
            lines = (await search(q)).items.length
          }),
        )
      }
      say(`${name}: ${q === '' ? '(everything)' : q}`, `${inMs(times)}, ${lines} lines`)
    }
  }
  await measure('search', searches, (q) => call(searchHistory, { ...anything, q }))
  say(
    '\na million lines of logs, put there',
    `${((await timed(() => millionLines(sql))) / 1_000).toFixed(1)} s`,
  )
  const { kind: _kind, type: _type, actor: _actor, ...ofLogs } = anything
  await measure('logs', logSearches, (q) =>
    call(searchLogs, { ...ofLogs, level: null, service: null, q }),
  )
  await timeline.stop()
  await sql.end()
  await nats.close()
} finally {
  await admin.end()
  await system.stop()
}
process.exit(0)
