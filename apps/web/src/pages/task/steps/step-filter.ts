import type { StepStatus } from '@maestro/contracts/task/task-status'
import type { TaskSearch } from '../../../paths.ts'
import type { StepItem } from './step-items.ts'

/** As it stands in the address. */
export type StepFilter = Pick<TaskSearch, 'only' | 'agent' | 'find'>

export const noFilter: Required<StepFilter> = {
  only: undefined,
  agent: undefined,
  find: undefined,
}

export const isFilter = ({ only, agent, find }: StepFilter): boolean =>
  only !== undefined || agent !== undefined || (find ?? '').trim() !== ''

export const statusOfItem = ({ step }: StepItem): StepStatus => step?.status ?? 'not-ready'

/** Every part of it has to fit; of its words each, in the number, the title, the id or what the step promises. */
export const fitsStepFilter = (item: StepItem, { only, agent, find = '' }: StepFilter): boolean => {
  if (only !== undefined && statusOfItem(item) !== only) return false
  if (agent !== undefined && item.agentName !== agent) return false
  const { title, stepId, promise } = item.planned
  const text = `${item.number} ${title} ${stepId} ${promise.description}`.toLowerCase()
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
