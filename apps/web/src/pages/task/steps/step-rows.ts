import type { BornTask, Step } from '@maestro/task-model/task'
import { modelOf } from '../model-of.ts'

export type StepRow = {
  readonly step: Step
  readonly number: number
  readonly agentName: string
  readonly model: string | null
}

export const stepRows = (task: BornTask): readonly StepRow[] =>
  task.order.flatMap((stepId, index) => {
    const step = task.steps[stepId]
    if (step === undefined) return []
    return [
      {
        step,
        number: index + 1,
        agentName: task.agents[step.agentId]?.name ?? '',
        model: modelOf(step),
      },
    ]
  })
