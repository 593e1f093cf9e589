import { AppError } from '@maestro/contracts/errors'
import { allowedNow } from '../control/allowed-now.ts'
import { mustGoOn } from '../control/decide-control.ts'
import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'
import type { CommandOf } from '../task-command.ts'
import { agentVersionOf, agentVersionsMax } from './agent-of.ts'
import { refuseNow } from './refuse-now.ts'
import { resetStep } from './reset-step.ts'
import { stepCan } from './step-can.ts'
import { takesPart } from './takes-part.ts'

/** Gives an agent another P, D, T or S: for attempts to come, and at once where that is wanted. */
export const modifyAgent = (command: CommandOf<'ModifyAgent'>, recorder: Recorder): void => {
  const { agentId, version: seen, changes, when, reason } = command
  mustGoOn(recorder)
  const task = recorder.task()
  const agent = task.agents[agentId]
  if (!agent) throw new AppError('NOT_FOUND', { kind: 'agent', agentId })
  if (!stepCan.modifyAgent(task)) {
    refuseNow('the plan does not run yet: its agents are changed by drafting', allowedNow(task))
  }
  const version = agentVersionOf(task, agentId)
  if (seen !== version) throw new AppError('CHANGED_SINCE', { agentId, version })
  const modified = { ...agent, ...changes }
  if (JSON.stringify(modified) === JSON.stringify(agent)) return
  if (version >= agentVersionsMax) {
    refuseNow(`it was changed ${agentVersionsMax - 1} times already`, ['giveGuidance'], { agentId })
  }
  recorder.record({
    type: 'AgentModified',
    data: { agent: modified, version: version + 1, when, reason },
  })
  if (when !== 'at-once') return
  for (const step of Object.values<Step>(task.steps)) {
    // A step that waits for its next attempt makes it with the new agent anyway.
    if (!takesPart(step, agentId) || step.phase === null || step.phase === 'backoff') continue
    resetStep(step, { because: 'agent-modified', reason }, recorder)
  }
}
