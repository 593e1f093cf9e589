import { StepId } from '@maestro/contracts/ids'
import type { StepTime, TimeParts } from '@maestro/contracts/timeline/analytics-endpoints'
import { placeOfStep } from '../plan/place-of-step.ts'
import { criticalPathOf, type Leg } from './critical-path.ts'
import { addTime, divideTime, noTime } from './divide-time.ts'
import type { StepLog } from './step-log.ts'
import type { TimeRead } from './time-book.ts'

/** Enough to see where it hangs. */
const bottlenecksMax = 5

export type TimeOfTask = {
  startedAt: string
  endedAt: string
  durationMs: number
  time: TimeParts
  steps: StepTime[]
  criticalPath: StepId[]
  bottlenecks: {
    steps: { stepId: StepId; ms: number; share: number }[]
    agents: { agent: string; ms: number; share: number }[]
  }
}

/** What the stretches of a task say of it. */
export const timeOfTask = (read: TimeRead): TimeOfTask => {
  const { fromMs, toMs, whole } = read
  const ran = [...read.steps].filter(([, { lives }]) => lives.length > 0)
  const { path, slackMs } = criticalPathOf(ran.flatMap((one) => legOf(one, read)))
  const spans = [...whole.spans, ...ran.flatMap(([, log]) => log.spans)]
  const pauses = whole.spans.filter(({ kind }) => kind === 'person')
  const steps = ran.map(([id, log]): StepTime => {
    const stepId = StepId.parse(id)
    const time = log.lives
      .map((life) => divideTime(life, [...log.spans, ...pauses]))
      .reduce(addTime, noTime)
    return {
      stepId,
      agent: read.agents.get(placeOfStep(stepId)) ?? null,
      attempts: log.attempts,
      startedAt: iso(log.lives[0]?.fromMs ?? fromMs),
      endedAt: iso(log.lives.at(-1)?.toMs ?? toMs),
      durationMs: Object.values(time).reduce((sum, ms) => sum + ms, 0),
      time,
      slackMs: slackMs.get(id) ?? null,
      isCritical: path.includes(id),
    }
  })
  const durationMs = toMs - fromMs
  return {
    startedAt: iso(fromMs),
    endedAt: iso(toMs),
    durationMs,
    time: divideTime({ fromMs, toMs }, spans),
    steps,
    criticalPath: path.map((id) => StepId.parse(id)),
    bottlenecks: {
      steps: steps
        .filter(({ isCritical }) => isCritical)
        .map(({ stepId, durationMs: ms }) => ({ stepId, ms, share: shareOf(ms, durationMs) }))
        .toSorted(longestFirst)
        .slice(0, bottlenecksMax),
      agents: agentsOf(steps),
    },
  }
}

const iso = (ms: number) => new Date(ms).toISOString()
const shareOf = (ms: number, wholeMs: number) => (wholeMs <= 0 ? 0 : Math.min(ms / wholeMs, 1))
const longestFirst = (one: { ms: number }, other: { ms: number }) => other.ms - one.ms

/** Items and rounds are part of the step that they are of. */
const legOf = ([id, { lives }]: [string, StepLog], { needs }: TimeRead): readonly Leg[] => {
  const last = lives.at(-1)
  const known = needs.get(id)
  // Of a step that was run again the last time counts: nothing waited for the ones before.
  return last && known ? [{ id, needs: known, ...last }] : []
}

const agentsOf = (steps: readonly StepTime[]) => {
  const times = new Map<string, number>()
  for (const { agent, durationMs, stepId } of steps) {
    // What stands for its items or rounds takes the time that they take.
    const isWhole = steps.some((other) => other.stepId.startsWith(`${stepId}_`))
    if (agent !== null && !isWhole) times.set(agent, (times.get(agent) ?? 0) + durationMs)
  }
  const allMs = [...times.values()].reduce((sum, ms) => sum + ms, 0)
  return [...times]
    .map(([agent, ms]) => ({ agent, ms, share: shareOf(ms, allMs) }))
    .toSorted(longestFirst)
    .slice(0, bottlenecksMax)
}
