import { startAttempt } from '../execution/start-attempt.ts'
import { reachedCap, reachedTurns } from '../limits/reached-cap.ts'
import type { Recorder } from '../recorder.ts'
import { agentVersionOf } from '../steering/agent-of.ts'
import type { Approval, BornTask, Step, Turn } from '../task.ts'
import type { Judging } from './judging.ts'

/** What a person was asked about the agent after this judgement. */
export const agentQuestionOf = (
  { approvals }: BornTask,
  { callId }: Pick<Judging, 'callId'>,
): Approval | undefined =>
  Object.values<Approval>(approvals).find(({ agentChange }) => agentChange?.callId === callId)

/**
 * How a step goes on that had waited for it: anew where its agent is another by now, whoever changed it; told
 * what a person wants otherwise; else with what it has. True when it has gone another way than that.
 */
export const goOnAfterAgentChange = (
  step: Step,
  { turn }: Turn,
  { status, agentChange }: Approval,
  recorder: Recorder,
): boolean => {
  const { stepId, attempt, agentId, agentVersion = 1 } = step
  // A cap that holds over all attempts leaves it what it has.
  if (reachedCap(step, recorder.task(), recorder.at) !== null) return false
  if (agentVersionOf(recorder.task(), agentId) !== agentVersion) {
    startAttempt(step, `its agent was changed: ${agentChange?.reason ?? ''}`, recorder)
    return true
  }
  if (status !== 'revised' || reachedTurns(step, recorder.task()) !== null) return false
  recorder.record({
    type: 'TurnStarted',
    data: { stepId, attempt, turn: turn + 1, repair: null },
  })
  return true
}
