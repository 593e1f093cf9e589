import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'

export type Rerun = {
  /** What is reset, in the order of the plan. */
  steps: readonly Step[]
  /** Why it cannot be, where it cannot. */
  refusal: string | null
}

/** What running this step and everything downstream again means. */
export const rerunOf = (task: BornTask, stepId: StepId): Rerun => {
  const step = task.steps[stepId]
  if (step?.partOf) {
    const whole = task.steps[step.partOf.parentId]
    const refusal = `it is part of "${whole?.title ?? step.partOf.parentId}": that one runs again as a whole`
    return { steps: [], refusal }
  }
  const isAsked = step?.status === 'needs-you' && step.phase === null && step.failure === null
  if (!step || isAsked || !isTouched(step)) return { steps: [], refusal: 'it has not begun' }
  const downstream = new Set([stepId])
  const dependents = dependentsOf(task)
  for (const at of downstream) for (const next of dependents.get(at) ?? []) downstream.add(next)
  const steps = task.order.flatMap((id) => {
    const member = downstream.has(id) ? task.steps[id] : undefined
    // What it became goes with it.
    return member && !member.partOf && isTouched(member) ? [member] : []
  })
  const asked = steps.find(({ condition }) => condition === 'asked')
  const refusal = asked ? `the condition of "${asked.title}" is looked up now` : null
  return { steps, refusal }
}

/** Something was done, decided, asked or left out of it. */
const isTouched = ({ status, phase, condition }: Step): boolean =>
  phase !== null || condition !== undefined || (status !== 'not-ready' && status !== 'queued')

const dependentsOf = ({ order, steps }: BornTask): ReadonlyMap<StepId, readonly StepId[]> => {
  const dependents = new Map<StepId, StepId[]>()
  for (const stepId of order) {
    for (const need of steps[stepId]?.needs ?? []) {
      const known = dependents.get(need)
      if (known) known.push(stepId)
      else dependents.set(need, [stepId])
    }
  }
  return dependents
}
