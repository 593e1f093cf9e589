import type { StepId } from '@maestro/contracts/ids'
import { hasEnded, isUnbegun } from '../execution/readiness-of.ts'
import type { BornTask, Step } from '../task.ts'

/** Whether an item may begin beside those of its list that go on; each yes takes a place. Other steps always may. */
export const placesOfItems = (task: BornTask): ((step: Step) => boolean) => {
  const free = new Map<StepId, number>()
  return ({ partOf }) => {
    const list = partOf === undefined ? undefined : task.steps[partOf.parentId]
    if (list?.forEach === undefined) return true
    const left = free.get(list.stepId) ?? list.forEach.parallelMax - atWork(list, task)
    free.set(list.stepId, left - 1)
    return left > 0
  }
}

const atWork = ({ expansion }: Step, { steps }: BornTask): number =>
  (expansion?.stepIds ?? []).filter((id) => {
    const step = steps[id]
    return step !== undefined && !isUnbegun(step) && !hasEnded(step)
  }).length
