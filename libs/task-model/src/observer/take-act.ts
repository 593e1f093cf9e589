import type { CallId } from '@maestro/contracts/ids'
import type { FailureQuestion } from '@maestro/contracts/task/failure-question'
import { failureChoices } from '../approval/choices.ts'
import { requestApproval } from '../approval/request-approval.ts'
import { startAttempt } from '../execution/start-attempt.ts'
import type { AgentProposal } from '../judge/proposed-agent.ts'
import type { Recorder } from '../recorder.ts'
import type { Step, Turn } from '../task.ts'
import type { ChosenAct } from './act-for.ts'
import { changeAgent } from './change-agent.ts'
import type { StepFinding } from './findings-in.ts'

export type Acting = {
  finding: StepFinding
  chosen: ChosenAct
  /** Of what the judge found. */
  callId?: CallId
  /** What the agent is told; left out: the finding itself. */
  remark?: string
  /** It is about what would be delivered now. */
  isDelivery?: boolean
  /** Of `change-agent`. */
  proposal?: AgentProposal
}

/** Records a finding with what follows from it. True when the step has gone another way: a further turn, a new attempt, or a question to a person. */
export const takeAct = (step: Step, turn: Turn, acting: Acting, recorder: Recorder): boolean => {
  const { stepId, attempt } = step
  const { finding, chosen, callId, isDelivery = false, proposal } = acting
  const remark = acting.remark ?? finding.text
  const at = { stepId, attempt, turn: turn.turn }
  const { record } = recorder
  const by = callId === undefined ? {} : { callId }
  record({ type: 'ObserverNoted', data: { ...at, ...finding, ...chosen, ...by } })
  switch (chosen.act) {
    case 'note':
    case 'propose-change':
      return false
    case 'revise':
      record({ type: 'RevisionRequested', data: { ...at, remark } })
      if (!isDelivery) return false
      record({ type: 'TurnStarted', data: { ...at, turn: turn.turn + 1, repair: null } })
      return true
    case 'retry-elsewhere':
      startAttempt(step, `the observer wants it from another provider: ${finding.text}`, recorder)
      return true
    case 'ask-person':
      // Whoever lets it go on with a further turn wants it told why.
      if (callId !== undefined) record({ type: 'RevisionRequested', data: { ...at, remark } })
      ask(step, turn, { text: finding.text, isDelivery }, recorder)
      return true
    case 'change-agent':
      if (proposal === undefined || callId === undefined) return false
      changeAgent(step, turn, { proposal, reason: finding.text, callId }, recorder)
      return true
    default:
      chosen.act satisfies never
      return false
  }
}

const ask = (
  { stepId, title }: Step,
  { callId }: Turn,
  { text, isDelivery }: { text: string; isDelivery: boolean },
  recorder: Recorder,
): void =>
  requestApproval(
    {
      place: `ask-${callId.split('_').slice(2).join('-')}`,
      kind: 'failure',
      stepId,
      ask: isDelivery
        ? `What step "${title}" delivers is in doubt. How does it go on?`
        : `Step "${title}" does not get on. How does it go on?`,
      question: {
        callId,
        failureClass: 'model_output',
        message: text,
        tried: [],
        ...(isDelivery ? aboutDelivery : aboutTurns),
      },
    },
    recorder,
  )

const aboutTurns: Pick<FailureQuestion, 'suggestion' | 'choices'> = {
  suggestion: 'Let it go on with a further turn, or have another model answer.',
  choices: [...failureChoices.call],
}

const aboutDelivery: typeof aboutTurns = {
  suggestion:
    'Take what it delivers, let it go on with a further turn, or have another model answer.',
  choices: [...failureChoices.delivery],
}
