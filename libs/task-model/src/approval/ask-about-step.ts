import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'
import { digestOfStep } from './digest-of.ts'
import { requestApproval } from './request-approval.ts'

/** Asks a person before a step begins. */
export const askAboutStep = (step: Step, recorder: Recorder): void =>
  requestApproval(
    {
      place: step.stepId.replace('_', '-'),
      kind: 'step',
      stepId: step.stepId,
      ask: `Run step "${step.title}"?`,
      digest: digestOfStep(step, recorder.task()),
      silence: 'cancel',
      mayDecide: 'operator',
    },
    recorder,
  )
