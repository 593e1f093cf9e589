import type { StepId } from '@maestro/contracts/ids'
import type { BornTask } from '../task.ts'
import { refuseNow } from './refuse-now.ts'

/** Words of people to one step, and to the whole task: a request has to hold them all. */
export const guidanceMax = 20

/** @throws {AppError} `NOT_ALLOWED_NOW` when no more words fit. Null: to the whole task. */
export const mustHaveRoom = (stepId: StepId | null, task: BornTask): void => {
  const { guidance = [] } = (stepId === null ? task : task.steps[stepId]) ?? {}
  if (guidance.length >= guidanceMax)
    refuseNow(`it was told ${guidanceMax} things already, and no more fit`, ['modifyAgent'])
}
