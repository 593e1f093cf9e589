import { type Budget, BudgetId, globalBudgetId } from '@maestro/contracts/budget/budget'
import { getPrices } from '@maestro/contracts/budget/budget-endpoints'
import { putBudget } from '@maestro/contracts/budget/limit-endpoints'
import { AgentId, TaskId, UserId } from '@maestro/contracts/ids'
import { costOf, type Rate, type Usage } from '@maestro/contracts/money/cost-of'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { connectDatabase } from '@maestro/service-kit/database'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { type Asked, askCall, newRun, whoOf } from './proof/ask-calls.ts'
import { startCopies } from './proof/killed-copies.ts'
import { readBalances } from './proof/level-balances.ts'

// What is shown: however copies and workers die, no line of the ledger lies beyond a limit; what was
// settled is what the provider counted for the calls that were answered, and the estimates of attempts
// that were lost in a kill; and the limit gets used.

const callsInFlight = 200
const callsMax = 2_000
const routerKillsMax = 4
const budgetKillsMax = 8
const killEveryMs = 1_500
const workMsMax = 110_000
const settleMsMax = 45_000
const outputTokensMax = 1_000
/** 35 cents: some five hundred calls, and not twice what 200 of them hold. */
const globalLimit = 350_000_000

const run = newRun()
const system = await startTestSystem({ services: [], durable: true })
const admin = postgres(system.postgresUrl, { max: 1, onnotice: () => undefined })
const stops: (() => Promise<unknown>)[] = [() => system.stop(), () => admin.end()]
const failures: string[] = []
const claim = (holds: boolean, text: string) => {
  console.log(`${holds ? '  holds' : '  FAILS'}  ${text}`)
  if (!holds) failures.push(text)
}

try {
  console.log(
    `proof:budget on ${loadavg()[0]?.toFixed(1)} load: 5 workers, 3 budget copies, ${callsInFlight} calls at once\n`,
  )
  const databaseOf = async (name: string) => {
    await admin.unsafe(`create database ${name}`)
    const url = new URL(system.postgresUrl)
    url.pathname = `/${name}`
    return url.href
  }
  const [budgetUrl, routerUrl] = [
    await databaseOf('proof_budget'),
    await databaseOf('proof_router'),
  ]

  // The provider counts by itself what it bills, by call: one that was lost may have been billed as well.
  const billed = new Map<string, Usage[]>()
  const provider = await startProviderEmulator({
    provider: 'groq',
    script: {
      answer: ({ nth, messages }) => {
        const [message] = messages
        const [callId = '', wish = ''] = (message?.role === 'user' ? message.text : '').split(' ')
        const usage = {
          inputTokens: 200 + (nth % 100),
          cachedInputTokens: 0,
          // No two answers to a call are billed alike, so that each can be told from the other.
          outputTokens: wish === 'overbill' ? 20_000 : 600 + (nth % 401),
          reasoningTokens: 0,
        }
        billed.set(callId, [...(billed.get(callId) ?? []), usage])
        return { text: 'As you wish.', usage, pieceDelayMs: 30 + (nth % 7) * 30 }
      },
    },
  })
  stops.unshift(() => provider.close())

  const budgets = await startCopies('budget', 3, () => ({
    ...system.natsEnv('budget'),
    POSTGRES_URL: budgetUrl,
    LOG_LEVEL: 'info',
  }))
  stops.unshift(() => budgets.stop())
  const routers = await startCopies('llm-router', 5, () => ({
    ...system.natsEnv('llm-router'),
    POSTGRES_URL: routerUrl,
    REDIS_URL: system.redisUrl,
    GROQ_API_KEY: 'gsk_proof',
    GROQ_BASE_URL: provider.url,
    GROQ_MODEL: 'openai/gpt-oss-120b',
    OLLAMA_BASE_URL: 'off',
    LOG_LEVEL: 'info',
  }))
  stops.unshift(() => routers.stop())

  const nats = await connectNats(system.natsEnv('admin'), 'proof')
  stops.unshift(() => nats.close())
  await ensureStreams(nats)
  const call = createPatientCaller({ nats, service: 'proof' })
  const sql = connectDatabase(budgetUrl, { connectionsMax: 2 })
  stops.unshift(() => sql.end({ timeout: 5 }))

  const rules = {
    unit: 'nano-usd',
    period: 'once',
    timeZone: 'UTC',
    action: 'refuse',
    alertPercents: [50, 100],
  } satisfies Partial<Budget>
  const put = (name: string, over: Pick<Budget, 'scope' | 'id' | 'limit'> & Partial<Budget>) =>
    call(putBudget, { ...rules, budgetId: BudgetId.parse(`bdg_${run}-${name}`), ...over })
  await put('all', { budgetId: globalBudgetId, scope: 'global', id: 'global', limit: globalLimit })
  for (let number = 0; number < 4; number += 1)
    await put(`user-${number}`, { scope: 'user', id: `user-${number}`, limit: globalLimit * 0.26 })
  for (let number = 0; number < 20; number += 1) {
    const { taskId, agentId } = whoOf(run, number)
    await put(`task-${number}`, { scope: 'task', id: taskId, unit: 'tokens', limit: 120_000 })
    await put(`agent-${number}`, { scope: 'agent', id: agentId, limit: globalLimit * 0.2 })
  }
  const overbilled = {
    userId: UserId.parse('user-0'),
    taskId: TaskId.parse(`task_${run}over`),
    agentId: AgentId.parse(`agt_${run}over_a`),
  }
  await put('over', { scope: 'task', id: overbilled.taskId, limit: 2_500_000 })

  const rate = (await call(getPrices, {})).items.find(
    (price) => price.rate.model === 'openai/gpt-oss-120b',
  )?.rate as Rate

  const over: Asked[] = []
  for (const name of ['first', 'second'])
    over.push(await askCall(nats, overbilled, { name, outputTokensMax, text: 'overbill' }))

  const endMs = Date.now() + workMsMax
  const asked: Asked[] = []
  let number = 0
  let isExhausted = false
  const client = async () => {
    while (number < callsMax && !isExhausted && Date.now() < endMs) {
      const mine = (number += 1)
      const name = `c${mine}`
      const one = await askCall(nats, whoOf(run, mine), { name, outputTokensMax, text: 'please' })
      asked.push(one)
      const refusal = one.reply?.outcome === 'failed' ? one.reply.failure.refusal : null
      if (refusal?.code === 'BUDGET_EXHAUSTED' && refusal.budget?.scope === 'global')
        isExhausted = true
    }
  }
  const working = Promise.all(Array.from({ length: callsInFlight }, client))
  let isWorking = true
  const ended = () => {
    isWorking = false
  }
  working.then(ended, ended)
  const kill = async (copies: typeof budgets, killsMax: number) => {
    while (isWorking && copies.kills() < killsMax) {
      await sleep(killEveryMs * (0.5 + Math.random()))
      if (isWorking) await copies.killOne()
    }
  }
  await Promise.all([working, kill(budgets, budgetKillsMax), kill(routers, routerKillsMax)])

  const heldNow = async () => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from reservations where state = 'held'`
    return row?.count ?? 0
  }
  const settledBy = Date.now() + settleMsMax
  while ((await heldNow()) > 0 && Date.now() < settledBy) await sleep(200)

  const all = [...over, ...asked]
  const answered = all.filter(({ reply }) => reply?.outcome === 'answered')
  const refused = all.filter(
    ({ reply }) => reply?.outcome === 'failed' && reply.failure.refusal !== null,
  )
  console.log(
    `${all.length} calls: ${answered.length} answered, ${refused.length} refused by a budget, ${all.length - answered.length - refused.length} ended otherwise`,
  )
  console.log(`${routers.kills()} workers and ${budgets.kills()} budget copies killed with -9\n`)

  const balances = await readBalances(sql)
  console.log(
    'level                        unit            limit     highest at a line   overshoot   overrun',
  )
  for (const { budgetId, unit, limit, highest, overshoot, overrun } of balances.filter(
    ({ budgetId: id }) => !/agent|task/.test(id) || /-(0|1)$/.test(id),
  )) {
    const figures = [limit, highest, overshoot, overrun].map((value) => String(value).padStart(14))
    console.log(`${budgetId.padEnd(28)} ${unit.padEnd(9)}${figures.join('')}`)
  }
  console.log()
  claim(
    balances.every(({ overshoot }) => overshoot === 0),
    `at no line of the ledger is more settled and reserved than the limit and the overruns shown, on ${balances.length} levels`,
  )
  claim(
    balances.every(({ summed, counted }) => summed === counted),
    'the lines of each level add up to its counters',
  )
  claim((await heldNow()) === 0, 'nothing is held when the work is done')

  const [books] = await sql<{ settled: number; estimated: number; lost: number }[]>`
    select (select sum(settled_nano_usd) from ledger)::bigint as settled,
      coalesce(sum(cost_nano_usd) filter (where estimate is not null), 0)::bigint as estimated,
      count(*) filter (where estimate is not null and state = 'settled')::int as lost
    from reservations where state = 'settled'`
  const { settled = 0, estimated = 0, lost = 0 } = books ?? {}
  // Each line with a known usage takes one of the bills that the provider counted for its call.
  const lines = await sql<{ callId: string; usage: Usage }[]>`
    select call_id as "callId", usage from ledger where usage is not null order by booking_id`
  const answeredIds = new Set<string>(answered.map(({ callId }) => callId))
  const counted = { answered: 0, others: 0, unknown: 0 }
  for (const { callId, usage } of lines) {
    const bills = billed.get(callId) ?? []
    const place = bills.findIndex(
      ({ inputTokens, outputTokens }) =>
        inputTokens === usage.inputTokens && outputTokens === usage.outputTokens,
    )
    if (place === -1) counted.unknown += 1
    else bills.splice(place, 1)
    counted[answeredIds.has(callId) ? 'answered' : 'others'] += costOf(usage, rate)
  }
  console.log(`
nano-dollars   settled in the ledger   provider, answered calls   provider, other calls   estimates of ${lost} lost attempts
${String(settled).padStart(36)}${String(counted.answered).padStart(27)}${String(counted.others).padStart(24)}${String(estimated).padStart(35)}`)
  claim(counted.unknown === 0, 'every usage in the ledger is one that the provider counted')
  claim(
    settled === counted.answered + counted.others + estimated,
    'settled is what the provider counted, and the estimates',
  )
  const overrun = balances.find(({ budgetId }) => budgetId === `bdg_${run}-over`)
  claim((overrun?.overrun ?? 0) > 0, `a bill beyond the bound is shown: ${overrun?.overrun ?? 0}`)
  claim(
    over[1]?.reply?.outcome === 'failed' &&
      over[1].reply.failure.refusal?.code === 'BUDGET_EXHAUSTED',
    'and the limit that it broke closes at once',
  )
  const silent = all.filter(({ reply }) => reply === null)
  claim(silent.length === 0, `every call had its end (${silent.length} had none in time)`)
  const share = settled / globalLimit
  claim(share >= 0.9, `${(share * 100).toFixed(1)} % of the limit got used (at least 90)`)
} catch (error) {
  console.error(error)
  failures.push('it broke off')
} finally {
  for (const stop of stops.slice(0)) await stop().catch(() => undefined)
}
console.log(
  failures.length === 0 ? '\nAll of it holds.' : `\n${failures.length} of it does not hold.`,
)
process.exit(failures.length === 0 ? 0 : 1)
