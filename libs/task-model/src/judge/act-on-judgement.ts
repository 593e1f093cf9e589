import { reachedCap, reachedTurns } from '../limits/reached-cap.ts'
import { type ChosenAct, elsewhereOnce } from '../observer/act-for.ts'
import {
  agentChangesMax,
  asksMax,
  noObservation,
  proposalsMax,
  revisionsMax,
} from '../observer/observation.ts'
import { takeAct } from '../observer/take-act.ts'
import type { Recorder } from '../recorder.ts'
import type { Step, Turn } from '../task.ts'
import { agentQuestionOf, goOnAfterAgentChange } from './go-on-after-agent-change.ts'
import type { Judgement } from './judging.ts'
import { type AgentProposal, proposedAgent } from './proposed-agent.ts'

/** Does what the judge wants, within the bounds that hold for the observer's own findings. True when the step has gone another way. */
export const actOnJudgement = (
  step: Step,
  turn: Turn,
  judgement: Judgement,
  recorder: Recorder,
): boolean => {
  const { verdict, concern, reason, words } = judgement
  if (verdict === 'ok' || verdict === 'none') return false
  const { judging } = step
  const asked = judging === undefined ? undefined : agentQuestionOf(recorder.task(), judging)
  if (asked !== undefined) return goOnAfterAgentChange(step, turn, asked, recorder)
  const proposal = verdict === 'change-agent' ? proposedAgent(step, recorder.task()) : null
  const chosen = chosenFor(verdict, proposal, step, recorder)
  const text = [reason, verdict === 'change-plan' ? words : '']
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, textCharactersMax)
  const finding = {
    detector: concern === 'drift' ? ('drift' as const) : ('judge' as const),
    severity: verdict === 'note' ? ('minor' as const) : ('major' as const),
    text: text === '' ? words : text,
  }
  const remark = words === '' ? finding.text : words
  const isDelivery = judging?.about === 'delivery'
  const acting = { finding, chosen, remark, isDelivery, ...(proposal !== null && { proposal }) }
  const by = judging === undefined ? {} : { callId: judging.callId }
  return takeAct(step, turn, { ...acting, ...by }, recorder)
}

/** As an event takes it. */
const textCharactersMax = 1_000

/** What is used up, or cannot be, leads to the next smaller thing. */
const chosenFor = (
  verdict: Exclude<Judgement['verdict'], 'ok' | 'none'>,
  proposal: AgentProposal | null,
  step: Step,
  recorder: Recorder,
): ChosenAct => {
  const { revisions, asks, proposals = 0, agentChanges = 0 } = step.observation ?? noObservation
  const isCapped = reachedCap(step, recorder.task(), recorder.at) !== null
  const canRevise =
    revisions < revisionsMax && !isCapped && reachedTurns(step, recorder.task()) === null
  const revise: ChosenAct = { act: canRevise ? 'revise' : 'note' }
  switch (verdict) {
    case 'note':
      return { act: 'note' }
    case 'revise':
      return revise
    case 'retry-elsewhere': {
      const strategy = isCapped ? null : elsewhereOnce(step, recorder.task())
      return strategy === null ? revise : { act: 'retry-elsewhere', strategy }
    }
    case 'ask-person':
      return { act: asks < asksMax ? 'ask-person' : 'note' }
    case 'change-plan':
      return { act: proposals < proposalsMax ? 'propose-change' : 'note' }
    case 'change-agent': {
      const canChange = proposal !== null && !isCapped && agentChanges < agentChangesMax
      return canChange ? { act: 'change-agent' } : revise
    }
    default:
      return verdict satisfies never
  }
}
