import type { StepId } from '@maestro/contracts/ids'
import type { Reopening } from '../expansion/reopening.ts'
import { isAskedToBegin } from '../execution/readiness-of.ts'
import { reachedFrom } from '../plan/reached-from.ts'
import type { BornTask, Step } from '../task.ts'

export type Rerun = {
  /** What is reset, in the order of the plan. */
  steps: readonly Step[]
  /** Of one that a step became: what goes on with it, the innermost first. */
  reopened: readonly Reopening[]
  /** Why it cannot be, where it cannot. */
  refusal: string | null
}

/** What running this step and everything downstream again means. */
export const rerunOf = (task: BornTask, stepId: StepId): Rerun => {
  const step = task.steps[stepId]
  const refused = (refusal: string): Rerun => ({ steps: [], reopened: [], refusal })
  if (step?.leftOf !== undefined) return refused('it was left behind when its step began anew')
  if (!step || isAskedToBegin(step) || !isTouched(step)) return refused('it has not begun')
  const dependents = dependentsOf(task)
  const again = new Set([stepId])
  const reopened: Reopening[] = []
  let root = step
  for (let whole = wholeOf(task, root); whole !== undefined; whole = wholeOf(task, root)) {
    const { kept, beside } = besideOf(task, { whole, part: root }, dependents)
    for (const id of beside) again.add(id)
    reopened.push({ step: whole, kept })
    root = whole
  }
  // What the wholes deliver is another output: what needs it begins anew, and what that became goes with it.
  const downstream = behind([root.stepId], dependents, ({ partOf }) => partOf === undefined, task)
  for (const id of downstream) if (id !== root.stepId) again.add(id)
  const steps = task.order.flatMap((id) => {
    const member = again.has(id) ? task.steps[id] : undefined
    return member && isTouched(member) ? [member] : []
  })
  const asked = steps.find(({ condition }) => condition === 'asked')
  const refusal = asked ? `the condition of "${asked.title}" is looked up now` : null
  return { steps, reopened, refusal }
}

const wholeOf = ({ steps }: BornTask, { partOf }: Step): Step | undefined =>
  partOf === undefined ? undefined : steps[partOf.parentId]

/**
 * What a part takes with it of those that the same step became: of a held plan what needs it, of rounds those
 * after it, which are left behind; and whatever was left out as another one had failed.
 */
const besideOf = (
  task: BornTask,
  { whole, part }: { whole: Step; part: Step },
  dependents: ReadonlyMap<StepId, readonly StepId[]>,
): { kept: number; beside: readonly StepId[] } => {
  const { stepIds = [] } = whole.expansion ?? {}
  const isRound = whole.forEach === undefined && whole.repeat !== undefined
  const kept = isRound ? stepIds.indexOf(part.stepId) + 1 : stepIds.length
  const stays = new Set(stepIds.slice(0, kept))
  const leftOut = stepIds.filter((id) => stays.has(id) && task.steps[id]?.isLeftOut === true)
  const needing = behind([part.stepId], dependents, ({ stepId }) => stays.has(stepId), task)
  return { kept, beside: [...leftOut, ...needing.filter((id) => id !== part.stepId)] }
}

/** These, and all that needs them, as far as it is wanted. */
const behind = (
  from: readonly StepId[],
  dependents: ReadonlyMap<StepId, readonly StepId[]>,
  isWanted: (step: Step) => boolean,
  { steps }: BornTask,
): readonly StepId[] => [
  ...reachedFrom(from, (at) =>
    (dependents.get(at) ?? []).filter((next) => {
      const step = steps[next]
      return step !== undefined && isWanted(step)
    }),
  ),
]

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
