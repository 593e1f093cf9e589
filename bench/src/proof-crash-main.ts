import { connectNats } from '@maestro/service-kit/connect-nats'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { keyOf, toolUsingModel } from '@maestro/testkit/providers/tool-using-model'
import { busHistory } from '@maestro/service-kit/testing/bus-history'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startAnsweringPerson } from './crash/answering-person.ts'
import { countAsked } from './crash/count-asked.ts'
import { startCountedWorld } from './crash/counted-world.ts'
import { crashTask, stepsPerTask } from './crash/crash-task.ts'
import { createPatientHttp } from './crash/patient-http.ts'
import { killAtRandom } from './crash/random-kills.ts'
import { printRecovery } from './crash/print-recovery.ts'
import { recoveryTimes } from './crash/recovery-times.ts'
import { seededRandom } from './crash/seeded-random.ts'
import { whatFailed } from './crash/what-failed.ts'

// What is shown: whatever is killed, every task ends; what a tool does outside happens once a call; an
// answer of a person counts once, however often it is sent; no answered model call is made again; and
// the events of each task are dense, in the store and on the bus.

const tasksCount = 100
const taskEveryMs = 900
/** More of them, whose copies are lost for good while they are at work. */
const orphansCount = 12
/** They have to be well under way by then, and far from their end. */
const orphansAgeMs = 3_000
/** Two leases, and a call that is made again, on a machine that is busy with other things. */
const takenOverMsMax = 30_000
/** Every third asks a person before each of its steps. */
const asksPersonEvery = 3
const workMsMax = 480_000
const busMsMax = 30_000
const tasksTotal = tasksCount + orphansCount
/** Of a task that did not succeed. */
const lastEventsShown = 4
const toolModule = join(
  import.meta.dirname,
  '../../services/orchestrator/src/testing/counted-world-tools.ts',
)
const victims =
  'orchestrator-1 orchestrator-2 llm-router-1 llm-router-2 budget-1 nats postgres redis'.split(' ')
const lostForGood = ['orchestrator-2', 'llm-router-2']
const endedStatuses = new Set(['succeeded', 'failed', 'cancelled'])

const { 3: seedWord = String(Date.now() % 1_000_000) } = process.argv
const random = seededRandom(Number(seedWord))
const failures: string[] = []
const claim = (holds: boolean, text: string, detail = '') => {
  console.log(
    `${holds ? '  holds' : '  FAILS'}  ${text}${holds || detail === '' ? '' : `: ${detail}`}`,
  )
  if (!holds) failures.push(text)
}

console.log(
  `proof:crash, seed ${seedWord}, load ${loadavg()[0]?.toFixed(1)}: ${tasksCount} tasks\n`,
)
const world = await startCountedWorld()
const groq = await startProviderEmulator({
  provider: 'groq',
  script: {
    answer: toolUsingModel({
      // Some seven seconds of work a task: a kill finds several of them in the middle of it.
      pieceDelayMs: 200,
      toolCallOf: (request) => ({ name: 'count_effect', arguments: { what: keyOf(request) } }),
    }),
  },
})
const system = await startTestSystem({
  workers: 2,
  orchestrators: 2,
  durable: true,
  env: { GROQ_API_KEY: 'gsk_proof', GROQ_BASE_URL: groq.url },
  moreEnv: { orchestrator: { TOOL_MODULES: toolModule, TOOL_COUNTED_WORLD_URL: world.url } },
})
try {
  const http = createPatientHttp({ url: system.consoleUrl, token: system.token })
  const person = startAnsweringPerson(http)
  const startedAtMs = Date.now()
  const created = new Map<string, string>()
  let isWorking = true
  const killing = killAtRandom(system, { names: victims, random, isOver: () => !isWorking })
  const create = async (number: number) => {
    const body = crashTask(number, number % asksPersonEvery === 0)
    const answer = await http('/api/tasks', { body, key: `proof-${seedWord}-${number}` })
    if (answer.status >= 300) throw new Error(`task ${number}: ${JSON.stringify(answer.body)}`)
    created.set((answer.body as { taskId: string }).taskId, body.goal)
  }
  for (let number = 1; number <= tasksCount; number += 1) {
    await create(number)
    await sleep(taskEveryMs * random() * 2)
  }
  const statuses = async () => {
    const { body } = await http('/api/tasks?limit=200')
    return (body as { items: { taskId: string; status: string }[] }).items
  }
  const untilAllEnd = async (deadlineMs: number) => {
    for (;;) {
      const now = await statuses()
      if (now.every(({ status }) => endedStatuses.has(status)) || Date.now() > deadlineMs)
        return now
      await sleep(500)
    }
  }
  await untilAllEnd(startedAtMs + workMsMax)
  isWorking = false
  const workMs = Date.now() - startedAtMs
  const kills = await killing

  for (let number = 1; number <= orphansCount; number += 1) await create(tasksCount + number)
  await sleep(orphansAgeMs)
  const lost = { name: 'two, for good', atMs: Date.now() }
  await Promise.all(lostForGood.map((name) => system.lose(name)))
  kills.push(lost)
  const items = await untilAllEnd(Date.now() + workMsMax)
  const answers = await person.stop()

  const histories = new Map<string, CloudEvent[]>()
  for (const taskId of created.keys()) {
    const { body } = await http(`/api/tasks/${taskId}/events?after=0&limit=500`)
    histories.set(taskId, (body as { events: CloudEvent[] }).events)
  }
  const eventsOf = (taskId: string) =>
    (histories.get(taskId) ?? []).flatMap((event) => fromCloudEvent(event) ?? [])
  const tasks = [...created].map(([taskId, goal]) => ({ taskId, goal, events: eventsOf(taskId) }))

  const recovered = recoveryTimes(
    kills,
    tasks.map(({ events }) => events),
  )
  printRecovery(kills, recovered)

  const counts = Map.groupBy(items, ({ status }) => status)
  const told = [...counts].map(([status, of]) => `${of.length} ${status}`).join(', ')
  console.log(`${told}; the first ${tasksCount} after ${(workMs / 1_000).toFixed(0)} s`)
  claim(
    items.length === tasksTotal && items.every(({ status }) => endedStatuses.has(status)),
    'every task came to its end, and every one was created once',
    told,
  )
  claim(
    items.every(({ status }) => status === 'succeeded'),
    'no task failed for what was killed',
    told,
  )

  const takenOver = recovered.filter(({ name }) => name === lost.name).map(({ ms }) => ms)
  claim(
    takenOver.length > 0 && Math.max(...takenOver) <= takenOverMsMax,
    `what ${lostForGood.join(' and ')} had begun goes on at the others, though they never come back`,
    `${Math.max(...takenOver)} ms for ${takenOver.length} tasks`,
  )
  const succeeded = new Set(
    items.flatMap(({ taskId, status }) => (status === 'succeeded' ? [taskId] : [])),
  )
  for (const { taskId, goal, events } of tasks) {
    if (succeeded.has(taskId)) continue
    console.log(`\n${goal}, ${taskId}, ${events.length} events`)
    for (const line of whatFailed(events)) console.log(`  ${line}`)
    for (const line of events.slice(-lastEventsShown))
      console.log(`  last: ${line.seq} ${line.at} ${line.type}`)
  }

  const twice = [...world.effects].filter(([, keys]) => keys.size > 1)
  console.log(`\n${world.effects.size} effects outside, asked for ${world.requests()} times`)
  claim(twice.length === 0, 'no effect happened twice', twice[0]?.[0])
  claim(
    world.effects.size === tasksTotal * stepsPerTask,
    'every effect that a step wanted happened',
    `${world.effects.size} of ${tasksTotal * stepsPerTask}`,
  )

  const decided = tasks.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'ApprovalDecided' ? [event.data.approvalId] : [])),
  )
  console.log(`\n${answers.length} answers of a person, each sent at least three times at once`)
  claim(new Set(decided).size === decided.length, 'no answer counted twice')
  claim(
    answers.every(({ approvalId }) => decided.includes(approvalId as (typeof decided)[number])),
    'every answer counted',
    JSON.stringify(answers[0]),
  )
  claim(
    answers.every(({ statuses: [first, second] }) => first === second),
    'the same answer, sent again, is answered as it was the first time',
    JSON.stringify(answers.find(({ statuses: [first, second] }) => first !== second)),
  )

  const asked = Map.groupBy(groq.requests, ({ request }) =>
    request ? keyOf(request) : 'malformed',
  )
  const allowed = tasks.map(({ goal, events }) => countAsked(goal, events))
  const attempts = new Map(allowed.flatMap((each) => [...each.attempts]))
  const lostAttempts = allowed.reduce((sum, each) => sum + each.lost, 0)
  const again = [...asked].filter(([key, requests]) => requests.length > (attempts.get(key) ?? 0))
  console.log(
    `\n${groq.requests.length} requests at the provider for ${asked.size} calls, ${lostAttempts} lost events`,
  )
  claim(
    again.length === 0,
    'no answered model call was made again: every request is an attempt that its events tell of',
    `${again.length}, such as ${again[0]?.[0]}`,
  )

  const dense = (events: readonly { seq: number }[]) =>
    events.every(({ seq }, index) => seq === index + 1)
  claim(
    [...histories.values()].every((events) => dense(events)),
    'the events of each task are dense in the store',
  )
  const nats = await connectNats(system.natsEnv('admin'), 'proof')
  const busUntilMs = Date.now() + busMsMax
  const missing: string[] = []
  for (const [taskId, events] of histories) {
    let onBus = await busHistory(nats, taskId)
    while (onBus.length < events.length && Date.now() < busUntilMs) {
      await sleep(200)
      onBus = await busHistory(nats, taskId)
    }
    if (!dense(onBus) || onBus.length !== events.length)
      missing.push(`${taskId}: ${onBus.length} of ${events.length}`)
  }
  claim(
    missing.length === 0,
    'and on the bus, each once and in order',
    missing.slice(0, 3).join(', '),
  )
  await nats.close()
} catch (error) {
  for (const name of victims) console.log(`--- ${name}\n${system.logTail(name, 8)}`)
  throw error
} finally {
  await system.stop()
  await groq.close()
  world.stop()
}
console.log(failures.length === 0 ? '\nproven' : `\nNOT proven (seed ${seedWord})`)
process.exit(failures.length === 0 ? 0 : 1)
