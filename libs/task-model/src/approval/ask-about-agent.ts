import { type AgentQuestion, usesMax } from '@maestro/contracts/task/agent-question'
import { isUnbegun } from '../execution/readiness-of.ts'
import type { Recorder } from '../recorder.ts'
import { takesPart } from '../steering/takes-part.ts'
import type { BornTask, Step } from '../task.ts'
import { digestOfAgentChange } from './digest-of.ts'
import { gainsTools } from './gains-tools.ts'
import { requestApproval } from './request-approval.ts'

/** Asks a person before an agent becomes another one. Its step waits, as what it did is in doubt; without an answer everything stays as it is. */
export const askAboutAgent = (
  { stepId, title, attempt }: Step,
  question: Omit<AgentQuestion, 'attempt' | 'uses'>,
  recorder: Recorder,
): void => {
  const { agentId, name, callId, before, after } = question
  const uses = usesOf(recorder.task(), agentId, stepId)
  requestApproval(
    {
      // Of one judgement, whose call is like no other.
      place: `agent-${callId.split('_').slice(2).join('-')}`,
      kind: 'agent',
      stepId,
      ask: `Change agent "${name}", for step "${title}" and those to come?`,
      agentChange: { ...question, attempt, uses },
      digest: digestOfAgentChange(question, after),
      silence: 'keep',
      mayDecide: gainsTools(before, after) ? 'owner' : 'operator',
    },
    recorder,
  )
}

/** What would be done by the changed agent: the step that waits, then whatever has not begun. */
const usesOf = (
  { order, steps }: BornTask,
  agentId: AgentQuestion['agentId'],
  waiting: Step['stepId'],
): AgentQuestion['uses'] =>
  order
    .flatMap((stepId) => steps[stepId] ?? [])
    .filter((step) => step.stepId === waiting || (isUnbegun(step) && takesPart(step, agentId)))
    .toSorted((one, other) => Number(other.stepId === waiting) - Number(one.stepId === waiting))
    .slice(0, usesMax)
    .map(({ stepId, title }) => ({ stepId, title }))
