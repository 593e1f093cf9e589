import type { AgentParts } from '@maestro/contracts/task/plan-agent'

/** Whether a changed agent may do what it could not do before: that is nothing that a model decides alone. */
export const gainsTools = (before: Pick<AgentParts, 'tools'>, after: Pick<AgentParts, 'tools'>) =>
  after.tools.some((tool) => !before.tools.includes(tool))
