import type { AgentParts } from '@maestro/contracts/task/plan-agent'
import { isSameAgent } from '../approval/digest-of.ts'
import { agentVersionOf, agentVersionsMax } from '../steering/agent-of.ts'
import type { BornTask, Step } from '../task.ts'

export type AgentProposal = { version: number; before: AgentParts; after: AgentParts }

/** What the judge would make of a step's agent; null when it says nothing new, or when the agent is another by now than the one whose work was read. */
export const proposedAgent = (step: Step, task: BornTask): AgentProposal | null => {
  const { agentId, agentVersion = 1, judging } = step
  const wanted = judging?.judgement?.agent
  const agent = task.agents[agentId]
  const version = agentVersionOf(task, agentId)
  if (wanted === undefined || agent === undefined) return null
  if (version !== agentVersion || version >= agentVersionsMax) return null
  const { prompt, description, tools, suggestions } = agent
  const before = { prompt, description, tools, suggestions }
  const after = {
    prompt: wanted.prompt ?? prompt,
    description: wanted.description ?? description,
    tools: wanted.tools ?? tools,
    suggestions: wanted.suggestions ?? suggestions,
  }
  return isSameAgent(before, after) ? null : { version, before, after }
}
