import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '@maestro/task-model/task'

/** More of them would hide the plan: they stay behind the card of the step that became them. */
const partsShownMax = 12

type PartLink = { readonly from: StepId; readonly to: StepId }

/** Items, rounds and steps of a plan inside that have cards of their own, each behind what it follows. */
export const partLinks = ({ order, steps }: BornTask): readonly PartLink[] => {
  const shown = new Set<StepId>()
  return order.flatMap((stepId) => {
    const partOf = steps[stepId]?.partOf
    const parent = partOf === undefined ? undefined : steps[partOf.parentId]
    if (partOf === undefined || parent === undefined) return []
    const isHidden = parent.partOf !== undefined && !shown.has(parent.stepId)
    if (isHidden || countOf(parent) > partsShownMax) return []
    shown.add(stepId)
    if (partOf.isHeld !== true) return [{ from: partOf.previousId ?? parent.stepId, to: stepId }]
    const siblings = (steps[stepId]?.needs ?? []).filter((need) => shown.has(need))
    const before = siblings.length === 0 ? [parent.stepId] : siblings
    return before.map((from) => ({ from, to: stepId }))
  })
}

const countOf = ({ expansion }: Step) => expansion?.stepIds.length ?? 0
