import type { CallId } from '@maestro/contracts/ids'
import { askAboutAgent } from '../approval/ask-about-agent.ts'
import { gainsTools } from '../approval/gains-tools.ts'
import { startAttempt } from '../execution/start-attempt.ts'
import type { AgentProposal } from '../judge/proposed-agent.ts'
import type { Recorder } from '../recorder.ts'
import type { Approval, BornTask, Step, Turn } from '../task.ts'

/** A model wants the agent of a step to be another. A person is asked, unless the task lets the judge do it; either way the step goes another way. */
export const changeAgent = (
  step: Step,
  { turn }: Turn,
  { proposal, reason, callId }: { proposal: AgentProposal; reason: string; callId: CallId },
  recorder: Recorder,
): void => {
  const { agentId } = step
  const agent = recorder.task().agents[agentId]
  if (agent === undefined) return
  const { version, before, after } = proposal
  if (isAsked(agentId, proposal, recorder.task())) {
    const change = { agentId, name: agent.name, version, before, after, reason, callId, turn }
    askAboutAgent(step, change, recorder)
    return
  }
  recorder.record({
    type: 'AgentModified',
    data: { agent: { ...agent, ...after }, version: version + 1, when: 'next-attempt', reason },
  })
  startAttempt(step, `its agent was changed: ${reason}`, recorder)
}

const isAsked = (
  agentId: Step['agentId'],
  { before, after }: AgentProposal,
  { options, approvals }: BornTask,
): boolean =>
  options.judge?.agentChanges !== 'apply' ||
  gainsTools(before, after) ||
  // What is changed behind a question would make it void before it is answered.
  Object.values<Approval>(approvals).some(
    ({ status, agentChange }) => status === 'open' && agentChange?.agentId === agentId,
  )
