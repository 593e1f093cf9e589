import type { StepId } from '@maestro/contracts/ids'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import { agentOf } from '@maestro/task-model/steering/agent-of'
import type { BornTask } from '@maestro/task-model/task'

/** Why a step's agent may not use a tool, and what it is told; null when it may. */
export const toolRefusal = (
  task: BornTask,
  stepId: StepId,
  tool: string,
): { reason: string; result: Payload } | null => {
  const step = task.steps[stepId]
  const allowed = step ? (agentOf(task, step)?.tools ?? []) : []
  if (allowed.includes(tool)) return null
  const reason = `This agent has no tool "${tool}". It has: ${allowed.join(', ') || 'none'}.`
  const told = JSON.stringify({ error: reason })
  return { reason, result: payloadOf('orchestrator', told, 'application/json') }
}
