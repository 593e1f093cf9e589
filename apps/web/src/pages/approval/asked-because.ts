import type { Approval, BornTask } from '@maestro/task-model/task'

type Asked = Pick<Approval, 'kind' | 'stepId' | 'toolUse'>

/** Who asks, or by which rule of the task it is asked; null: the question says so itself. */
export const askedBecause = (
  { kind, stepId, toolUse }: Asked,
  { options, steps, agents }: Pick<BornTask, 'options' | 'steps' | 'agents'>,
): string | null => {
  const step = stepId === null ? undefined : steps[stepId]
  const agent = step === undefined ? undefined : agents[step.agentId]
  switch (kind) {
    case 'plan':
      return 'This task asks before it runs a plan'
    case 'step':
      return options.autonomy === 'approve-steps'
        ? 'This task asks before every step'
        : 'The plan asks before this step'
    case 'tool':
      if (toolUse?.why === 'gate') return `This task asks before each use of ${toolUse.tool}`
      return toolUse?.why === 'unsafe' ? 'This task asks before what cannot be taken back' : null
    case 'question':
      return agent === undefined ? null : `${agent.name} asks`
    case 'agent':
      return 'The judge asks'
    default:
      return null
  }
}
