import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from './crash/recovery-times.ts'
import { createHttpApi } from './http-api.ts'
import { startCuttingProxy } from './live/cutting-proxy.ts'
import { eventChain } from './live/event-chain.ts'
import { startFaithfulViewer } from './live/faithful-viewer.ts'
import { talkativeModel, watchedTask } from './live/watched-task.ts'

// What is shown: a viewer who is cut off again and again has every event once, in order and unchanged, and
// no hole in any text that streams by; and how long a new connection takes until it knows everything.

const viewersCount = 20
const tasksCount = 50
const lives = { lifeMsMin: 1_000, lifeMsMax: 3_000 }
const workMsMax = 240_000
/** Heads are told every 10 s: so late a viewer may learn of an event that was lost on its way. */
const settleMsMax = 30_000
const endedStatuses = new Set(['succeeded', 'failed', 'cancelled'])

const failures: string[] = []
const claim = (holds: boolean, text: string, detail = '') => {
  console.log(`${holds ? '  holds' : '  FAILS'}  ${text}${holds ? '' : `: ${detail}`}`)
  if (!holds) failures.push(text)
}

console.log(
  `proof:live, load ${loadavg()[0]?.toFixed(1)}: ${viewersCount} viewers of ${tasksCount} tasks, each cut every 1 to 3 s\n`,
)
const groq = await startProviderEmulator({ provider: 'groq', script: { answer: talkativeModel } })
const system = await startTestSystem({
  env: { GROQ_API_KEY: 'gsk_proof', GROQ_BASE_URL: groq.url },
})
const proxy = await startCuttingProxy(system.consoleUrl, lives)
try {
  const api = createHttpApi({ url: system.consoleUrl, token: system.token })
  const startedMs = performance.now()
  const taskIds: string[] = []
  for (let number = 1; number <= tasksCount; number += 1)
    taskIds.push((await api.createTask(watchedTask(number))).taskId)
  const viewers = Array.from({ length: viewersCount }, () =>
    startFaithfulViewer({ url: proxy.url, token: system.token }, taskIds),
  )
  const statuses = async () =>
    ((await api.get('/api/tasks?limit=200')) as { items: { status: string }[] }).items
  while ((await statuses()).some(({ status }) => !endedStatuses.has(status))) {
    if (performance.now() - startedMs > workMsMax) throw new Error('the tasks did not end in time')
    await sleep(500)
  }

  const ledgers = new Map<string, CloudEvent[]>()
  for (const taskId of taskIds) {
    const page = (await api.get(`/api/tasks/${taskId}/events?after=0&limit=500`)) as {
      events: CloudEvent[]
    }
    ledgers.set(taskId, page.events)
  }
  const headOf = (taskId: string) => ledgers.get(taskId)?.length ?? 0
  const settleUntilMs = performance.now() + settleMsMax
  while (
    viewers.some(({ watched }) => [...watched].some(([id, { seq }]) => seq < headOf(id))) &&
    performance.now() < settleUntilMs
  )
    await sleep(100)
  await Promise.all(viewers.map((viewer) => viewer.stop()))
  const tookMs = performance.now() - startedMs

  const answers = new Map<string, { attempt: number; text: string }>()
  const chains = new Map<string, string>()
  for (const [taskId, events] of ledgers) {
    const chain = eventChain()
    for (const event of events) chain.add(event)
    chains.set(taskId, chain.digest())
    for (const event of events.flatMap((each) => fromCloudEvent(each) ?? [])) {
      if (event.type !== 'CallFinished' || event.data.text === null) continue
      const { callId, text, facts } = event.data
      const answer = await fetch(
        `${system.consoleUrl}/api/payloads/${text.service}/${text.sha256}`,
        { headers: { authorization: `Bearer ${system.token}` } },
      )
      answers.set(callId, {
        attempt: facts.attempts.at(-1)?.attempt ?? 1,
        text: await answer.text(),
      })
    }
  }

  const sum = (of: (findings: (typeof viewers)[number]['findings']) => number) =>
    viewers.reduce((total, { findings }) => total + of(findings), 0)
  const seen = viewers.flatMap(({ watched }) =>
    [...watched.values()].flatMap(({ ended }) => [...ended]),
  )
  // Who was cut while a later attempt ran has what an earlier one said: no part of the answer, and nothing wrong.
  const ofAnswer = seen.filter(([callId, { attempt }]) => answers.get(callId)?.attempt === attempt)
  const wrong = ofAnswer.filter(([callId, { text }]) => !answers.get(callId)?.text.startsWith(text))
  const whole = seen.filter(([callId, { text }]) => answers.get(callId)?.text === text)
  const unequal = viewers.flatMap(({ watched }) =>
    [...watched].filter(([taskId, { chain }]) => chain.digest() !== chains.get(taskId)),
  )
  const firsts = viewers.flatMap(({ findings }) => findings.firstMs)
  const catchUps = viewers.flatMap(({ findings }) => findings.catchUpMs)
  const events = [...ledgers.values()].reduce((total, { length }) => total + length, 0)

  console.log(`${events} events of ${tasksCount} tasks in ${(tookMs / 1_000).toFixed(0)} s`)
  console.log(
    `${sum(({ events: count }) => count)} events and ${sum(({ deltas }) => deltas)} pieces of text at the viewers, ${proxy.cuts()} cuts`,
  )
  console.log(
    `${seen.length} texts seen until their calls ended: ${whole.length} to the last character, ${ofAnswer.length - whole.length} cut off before it, ${seen.length - ofAnswer.length} of an attempt that was made again meanwhile`,
  )
  const timesOf = (times: readonly number[]) =>
    `median ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms`
  console.log(
    `${catchUps.length} times caught up on ${tasksCount} tasks at once after a cut, from the first try to connect: ${timesOf(catchUps)} (aim: 300); the first time, with ${tasksCount} tasks just begun: ${timesOf(firsts)}\n`,
  )
  claim(sum(({ gaps }) => gaps) === 0, 'every event came next after the one before it')
  claim(
    unequal.length === 0,
    'the events of every viewer have the hash of the ledger, task by task',
    `${unequal.length} have not, such as ${unequal[0]?.[0]}`,
  )
  claim(sum(({ holes }) => holes) === 0, 'no text had a hole')
  claim(
    whole.length > 0 && wrong.length === 0,
    'every text that was seen is the beginning of its journaled answer, or all of it',
    JSON.stringify(wrong[0]),
  )
  claim(
    proxy.cuts() > viewersCount && groq.requests.length > answers.size,
    'there were cuts, and answers that broke off and were made again',
  )
} finally {
  proxy.close()
  await system.stop()
  await groq.close()
}
console.log(failures.length === 0 ? '\nproven' : '\nNOT proven')
process.exit(failures.length === 0 ? 0 : 1)
