import type { TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { createPatientHttp } from '../crash/patient-http.ts'
import { seededRandom } from '../crash/seeded-random.ts'
import type { EmulatorProcess } from '../router/emulator-process.ts'
import { diamond, stepsPerDiamond } from './diamond.ts'
import { tasksAtOnce } from './measured.ts'
import { runLangGraph } from './run-langgraph.ts'

const killsMax = 20
/** More than get done over the kills: no life ends for want of work. */
const tasksMax = 240
/** Steps that it gets done between two kills: between these, by chance, and the same for both. */
const stepsMin = 5
const stepsMax = 65
const lookEveryMs = 5
const countEveryMs = 50
const endMsMax = 180_000

/** `again`: work of steps that was done once more, though it had been done. */
export type Killed = { kills: number; steps: number; again: number }

/** How many steps each life is allowed to finish. */
const lives = (): number[] => {
  const random = seededRandom(1)
  return Array.from({ length: killsMax }, () => stepsMin + random() * (stepsMax - stepsMin))
}

const countOf = (finished: readonly string[], kills: number, tasks: number): Killed => {
  const steps = new Set(finished).size
  if (steps !== tasks * stepsPerDiamond) throw new Error(`${steps} steps were done`)
  return { kills, steps, again: finished.length - steps }
}

/** LangGraph.js, whose process is killed and started again. A step has done its work when it says so, before its checkpoint is written. */
export const killLangGraph = async (postgresUrl: string): Promise<Killed> => {
  const folder = mkdtempSync(join(tmpdir(), 'maestro-bench-'))
  const finishedFile = join(folder, 'finished')
  const finished = () => {
    try {
      return readFileSync(finishedFile, 'utf8').trim().split('\n')
    } catch {
      // Nothing is finished yet.
      return []
    }
  }
  try {
    let kills = 0
    for (const steps of lives()) {
      const target = finished().length + steps
      const { child, outcome } = runLangGraph({
        postgresUrl,
        prefix: 'killed',
        tasks: tasksMax,
        finishedFile,
      })
      while (child.exitCode === null && finished().length < target) await sleep(lookEveryMs)
      if (child.exitCode !== null) break
      child.kill('SIGKILL')
      await outcome
      kills += 1
    }
    await runLangGraph({ postgresUrl, prefix: 'killed', tasks: tasksMax, finishedFile }).outcome
    return countOf(finished(), kills, tasksMax)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Maestro, whose orchestrator is killed and started again. A step has done its work when the provider was asked: its call is answered, whoever dies here. */
export const killMaestro = async (
  orchestrator: postgres.Sql,
  system: TestSystem,
  emulator: EmulatorProcess,
): Promise<Killed> => {
  const http = createPatientHttp({ url: system.consoleUrl, token: system.token })
  const goal = 'Ten steps over kills'
  const finished: string[] = []
  emulator.tell(({ question }) => finished.push(question))
  const ended = async () => {
    const [row] = await orchestrator<{ count: number }[]>`
      select count(*)::int as count from tasks
      where starts_with(goal, ${goal}) and status = 'succeeded'`
    return row?.count ?? 0
  }
  let kills = 0
  let isOver = false
  const kill = async () => {
    for (const steps of lives()) {
      const target = finished.length + steps
      while (!isOver && finished.length < target) await sleep(lookEveryMs)
      if (isOver) return
      await system.kill('orchestrator-1')
      kills += 1
      await system.untilReady('orchestrator-1')
    }
  }
  const create = async (number: number) => {
    const body = {
      goal: `${goal}, number ${number}.`,
      options: { autonomy: 'auto', providers: ['groq'] },
      plan: diamond,
    }
    const { status } = await http('/api/tasks', { body, key: `killed-${number}` })
    if (status >= 300) throw new Error(`a task was answered with ${status}`)
  }
  const killing = kill()
  const deadline = Date.now() + endMsMax
  const creating: Promise<void>[] = []
  for (let done = 0; ; done = await ended()) {
    const wanted = kills < killsMax ? Math.min(done + tasksAtOnce, tasksMax) : creating.length
    if (done === creating.length && wanted === creating.length) break
    if (Date.now() > deadline) throw new Error(`${done} of ${creating.length} tasks succeeded`)
    while (creating.length < wanted) creating.push(create(creating.length + 1))
    await sleep(countEveryMs)
  }
  await Promise.all(creating)
  isOver = true
  await killing
  emulator.tell(null)
  return countOf(finished, kills, creating.length)
}
