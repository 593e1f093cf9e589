import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { Tape } from '@maestro/contracts/task/tape-endpoints'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startAnsweringPerson } from './crash/answering-person.ts'
import { startCountedWorld } from './crash/counted-world.ts'
import { createPatientHttp } from './crash/patient-http.ts'
import { playElsewhere } from './tape/play-elsewhere.ts'
import { moodyModel, steadyModel, type TapedKind, tapedTask } from './tape/taped-task.ts'
import { whatWasRecorded } from './tape/what-was-recorded.ts'

// What is shown: recorded tasks, with all that they had to go through, run again with every provider shut
// down and no call asked for, to the same events and the same state; and so in another Maestro, which has nothing of
// them but their files; and a changed prompt is found at the very call that would be told it.

const tasksCount = 60
const taskEveryMs = 120
/** After so many tasks were begun the orchestrator and a worker are killed. */
const killsAfter = [20, 40]
const workMsMax = 420_000
const endedStatuses = new Set(['succeeded', 'failed', 'cancelled'])
const toolModule = join(
  import.meta.dirname,
  '../../services/orchestrator/src/testing/counted-world-tools.ts',
)

const failures: string[] = []
const claim = (holds: boolean, text: string, detail = '') => {
  console.log(`${holds ? '  holds' : '  FAILS'}  ${text}${holds ? '' : `: ${detail}`}`)
  if (!holds) failures.push(text)
}

console.log(`proof:tape, load ${loadavg()[0]?.toFixed(1)}: ${tasksCount} tasks are recorded\n`)
const world = await startCountedWorld()
const groq = await startProviderEmulator({ provider: 'groq', script: { answer: moodyModel } })
const gemini = await startProviderEmulator({ provider: 'gemini', script: { answer: steadyModel } })
const withTools = {
  orchestrator: { TOOL_MODULES: toolModule, TOOL_COUNTED_WORLD_URL: world.url },
}
const system = await startTestSystem({
  env: {
    GROQ_API_KEY: 'gsk_proof',
    GROQ_BASE_URL: groq.url,
    GEMINI_API_KEY: 'gemini_proof',
    GEMINI_BASE_URL: gemini.url,
  },
  moreEnv: withTools,
})
try {
  const http = createPatientHttp({ url: system.consoleUrl, token: system.token })
  const person = startAnsweringPerson(http)
  const startedMs = performance.now()
  const kinds = new Map<string, TapedKind>()
  const killsAtMs: number[] = []
  for (let number = 1; number <= tasksCount; number += 1) {
    const { kind, body } = tapedTask(number)
    const answer = await http('/api/tasks', { body, key: `tape-${number}` })
    if (answer.status >= 300) throw new Error(`task ${number}: ${JSON.stringify(answer.body)}`)
    kinds.set((answer.body as { taskId: string }).taskId, kind)
    await sleep(taskEveryMs)
    if (!killsAfter.includes(number)) continue
    killsAtMs.push(Date.now())
    await Promise.all([system.kill('orchestrator-1'), system.kill('llm-router-1')])
  }
  for (;;) {
    const { body } = await http('/api/tasks?limit=200')
    const { items } = body as { items: { status: string }[] }
    if (items.every(({ status }) => endedStatuses.has(status))) break
    if (performance.now() - startedMs > workMsMax) throw new Error('the tasks did not end in time')
    await sleep(500)
  }
  const answers = await person.stop()

  const recorded = new Map<string, ReturnType<typeof whatWasRecorded>>()
  for (const taskId of kinds.keys()) {
    const { body } = await http(`/api/tasks/${taskId}/events?after=0&limit=1000`)
    const events = (body as { events: CloudEvent[] }).events
    const known = events.flatMap((event) => fromCloudEvent(event) ?? [])
    recorded.set(taskId, whatWasRecorded(known, killsAtMs))
  }
  const count = (of: (task: ReturnType<typeof whatWasRecorded>) => boolean) =>
    [...recorded.values()].filter(of).length
  const through = {
    'fell back to another provider': count(({ fellBack }) => fellBack),
    'had a call made again': count(({ retried }) => retried),
    'were answered by a person': count(({ answered }) => answered),
    'ran when processes were killed -9': count(({ killed }) => killed),
  }
  const tookS = ((performance.now() - startedMs) / 1_000).toFixed(0)
  console.log(
    `${recorded.size} tasks recorded in ${tookS} s, ${answers.length} answers of a person`,
  )
  for (const [what, tasks] of Object.entries(through)) {
    claim(tasks > 0, `${String(tasks).padStart(3)} ${what}`)
  }

  await groq.close()
  await gemini.close()
  world.stop()
  const asked = () => groq.requests.length + gemini.requests.length
  const askedBefore = asked()
  const nats = await connectNats(system.natsEnv('admin'), 'proof')
  const workAsked = async () => {
    const manager = await nats.jetstreamManager()
    return (await manager.streams.info(streams.llmWork.name)).state.last_seq
  }
  const workBefore = await workAsked()
  console.log(`\nproviders and the tools' world are shut down; the tapes are played\n`)

  const play = async (taskId: string, changes: unknown = {}) => {
    const { status, body } = await http(`/api/tasks/${taskId}/tape`, { body: { changes } })
    if (status !== 200) throw new Error(`${taskId}: ${JSON.stringify(body)}`)
    return body as Tape
  }
  const playedMs = performance.now()
  const tapes: (Tape & { kind: TapedKind })[] = []
  for (const [taskId, kind] of kinds) tapes.push({ ...(await play(taskId)), kind })
  const playS = ((performance.now() - playedMs) / 1_000).toFixed(1)
  const row = (...cells: readonly (string | number)[]) =>
    console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 16 : 12)).join(''))
  row('kind', 'tapes', 'events', 'commands', 'answers', 'requests', 'hold')
  for (const [kind, own] of Map.groupBy(tapes, ({ kind: each }) => each)) {
    const sum = (of: (tape: Tape) => number) => own.reduce((total, tape) => total + of(tape), 0)
    row(
      kind,
      own.length,
      sum(({ eventsCompared }) => eventsCompared),
      sum(({ commands }) => commands),
      sum(({ answers: heard }) => heard),
      sum(({ requestsCompared }) => requestsCompared),
      own.filter(({ holds }) => holds).length,
    )
  }
  console.log(`played in ${playS} s\n`)
  const broken = tapes.filter(({ holds }) => !holds)
  for (const { taskId, divergence } of broken.slice(0, 5)) console.log(taskId, divergence)
  claim(tapes.length >= 50, 'at least 50 recorded tasks were played')
  claim(
    broken.length === 0,
    'every event comes again as it was recorded',
    `${broken.length} differ`,
  )
  claim(
    tapes.every(({ stateSha256: { recorded: then, regenerated } }) => then === regenerated),
    'and the state at the end has the same SHA-256',
  )
  claim(
    tapes.every(({ answers: heard, requestsCompared }) => heard === 0 || requestsCompared > 0),
    'every task’s requests were made again and are the same',
  )
  claim(asked() === askedBefore, 'no provider was asked')
  claim((await workAsked()) === workBefore, 'no call was asked for')
  await nats.close()

  console.log('\nin another Maestro, which has their files')
  const elsewhere = await startTestSystem({ moreEnv: withTools })
  const played: Tape[] = []
  try {
    for (const taskId of kinds.keys()) played.push(await playElsewhere(system, elsewhere, taskId))
  } finally {
    await elsewhere.stop()
  }
  const lost = played.filter(({ holds }) => !holds)
  for (const { taskId, divergence } of lost.slice(0, 5)) console.log(taskId, divergence)
  claim(
    lost.length === 0 && played.length === tapes.length,
    `${played.length} tasks were exported, imported, and come again as they were recorded`,
    `${lost.length} differ`,
  )
  claim(
    played.every(({ stateSha256: { recorded: then, regenerated } }) => then === regenerated),
    'and the state at the end has the same SHA-256 there',
  )
  const requestsOf = (some: readonly Tape[]) =>
    some.reduce((total, { requestsCompared }) => total + requestsCompared, 0)
  claim(
    requestsOf(played) === requestsOf(tapes) && asked() === askedBefore,
    'with every request made again there, and no provider asked',
  )

  console.log('\nwith another prompt')
  const changed = async (kind: TapedKind, what: string, changes: unknown) => {
    const taskId = [...kinds].find(([, each]) => each === kind)?.[0] ?? ''
    const { divergence } = await play(taskId, changes)
    const { seq, type, field, recorded: then, regenerated, reason } = divergence ?? {}
    console.log(
      `  ${what}: event ${seq}, ${type}, ${field}: ${then?.text} became ${regenerated?.text} (${reason})`,
    )
    claim(
      field === 'asked.system',
      `${what} is found where it would be told`,
      JSON.stringify(divergence),
    )
  }
  await changed('drafted', 'the Planner’s first prompt', { roles: { planner: 1 } })
  await changed('planned', 'an agent’s prompt', { prompts: { doer: 'Do it otherwise.' } })
} catch (error) {
  for (const name of ['orchestrator-1', 'llm-router-1', 'gateway-1'])
    console.log(`--- ${name}\n${system.logTail(name, 8)}`)
  throw error
} finally {
  await system.stop()
}
console.log(failures.length === 0 ? '\nproven' : '\nNOT proven')
process.exit(failures.length === 0 ? 0 : 1)
