import type { StepId } from '@maestro/contracts/ids'
import { criticalPathOf, type Leg } from '@maestro/task-model/time/critical-path'
import type { BornTask, Step } from '@maestro/task-model/task'
import { columnsOf } from './columns-of.ts'

/**
 * What the end waits for, in its order: of a task that has ended, as it went; before that, as it will go
 * if what has not ended takes as long as what has. It hangs on the state of the steps alone, so that each
 * position of a history has its own. Items and rounds are part of their step.
 */
export const criticalPathOfPlan = (task: BornTask): readonly StepId[] => {
  const steps = task.order.flatMap((stepId) => {
    const step = task.steps[stepId]
    return step === undefined || step.partOf !== undefined || step.status === 'skipped'
      ? []
      : [step]
  })
  const legs =
    task.stage === 'ended'
      ? steps.flatMap((step) => legOf(step, task.endedAt))
      : expectedLegs(steps)
  const ids = new Map<string, StepId>(steps.map(({ stepId }) => [stepId, stepId]))
  return criticalPathOf(legs).path.flatMap((id) => ids.get(id) ?? [])
}

/** Of a step that has ended, or was cut off when its task did. */
const legOf = (
  { stepId, needs, queuedAt, startedAt, finishedAt }: Step,
  cutAt: string | null,
): Leg[] => {
  const begunAt = queuedAt ?? startedAt
  const endedAt = finishedAt ?? cutAt
  if (begunAt === null || endedAt === null) return []
  return [{ id: stepId, needs, fromMs: Date.parse(begunAt), toMs: Date.parse(endedAt) }]
}

const expectedLegs = (steps: readonly Step[]): readonly Leg[] => {
  const ended = steps.flatMap((step) => legOf(step, null))
  const nowMs = latestMomentOf(steps)
  const usualMs = Math.max(1, meanOf(ended.map(({ fromMs, toMs }) => toMs - fromMs)))
  const legs = new Map(ended.map((leg) => [leg.id, leg]))
  for (const { stepId, needs, startedAt } of inOrder(steps)) {
    if (legs.has(stepId)) continue
    const readyMs = Math.max(nowMs, ...needs.map((need) => legs.get(need)?.toMs ?? nowMs))
    const fromMs = startedAt === null ? readyMs : Date.parse(startedAt)
    legs.set(stepId, { id: stepId, needs, fromMs, toMs: Math.max(readyMs, fromMs + usualMs) })
  }
  return [...legs.values()]
}

const meanOf = (values: readonly number[]) =>
  values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length

/** When something of a step last began or ended: the moment of the state, as far as its steps tell it. */
const latestMomentOf = (steps: readonly Step[]): number => {
  let latest = 0
  for (const { queuedAt, startedAt, finishedAt } of steps)
    for (const at of [queuedAt, startedAt, finishedAt])
      if (at !== null) latest = Math.max(latest, Date.parse(at))
  return latest
}

/** What is needed before what needs it. */
const inOrder = (steps: readonly Step[]): readonly Step[] => {
  const columns = columnsOf(
    steps.map(({ stepId }) => stepId),
    steps.flatMap(({ stepId, needs }) => needs.map((need) => ({ from: need, to: stepId }))),
  )
  const columnOf = ({ stepId }: Step) => columns.get(stepId) ?? 0
  return steps.toSorted((one, other) => columnOf(one) - columnOf(other))
}
