import type { BornTask, Step } from '@maestro/task-model/task'

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
    const facts = step.calls.findLast(({ facts: known }) => known?.provider)?.facts
    return [
      {
        step,
        number: index + 1,
        agentName: task.agents[step.agentId]?.name ?? '',
        model: facts?.provider ? `${facts.provider}${facts.model ? `/${facts.model}` : ''}` : null,
      },
    ]
  })
