import type { StepId } from '@maestro/contracts/ids'
import { concernsStep } from './concerns-step.ts'
import { useEventsThat } from './use-events-that.ts'

/** What happened to one step up to the shown moment, and what people said to the whole task. */
export const useStepEvents = (stepId: StepId) =>
  useEventsThat(stepId, (event) => concernsStep(event, stepId))
