import { approvalIdOf } from '@maestro/contracts/ids'
import { expiryOf } from '../approval/approval-expiry.ts'
import { startAttempt } from '../execution/start-attempt.ts'
import type { Recorder } from '../recorder.ts'
import type { Step, Turn } from '../task.ts'
import { actFor, type ChosenAct, elsewhereOnce } from './act-for.ts'
import { findingsIn, type StepFinding } from './findings-in.ts'

/**
 * Looks at a step before its next turn, and acts on the first finding that asks for more than a note.
 * True when the step has gone another way: a new attempt, or a question to a person.
 */
export const observeStep = (
  step: Step,
  turn: Turn,
  turnsMax: number,
  recorder: Recorder,
): boolean => {
  for (const finding of findingsIn(step, turnsMax)) {
    const chosen = actFor(finding, step, recorder.task())
    note(step, turn, finding, chosen, recorder)
    if (chosen.act === 'note') continue
    return act(step, turn, finding, chosen, recorder)
  }
  return false
}

/** The promise was broken, also after a repair: others may keep it. True when they try. */
export const retryElsewhere = (
  step: Step,
  turn: Turn,
  reason: string,
  recorder: Recorder,
): boolean => {
  const strategy = elsewhereOnce(step, recorder.task())
  if (strategy === null) return false
  const text = `The promise was broken: ${reason}`.slice(0, textCharactersMax)
  const finding = { detector: 'broken-promise', severity: 'major', text } as const
  const chosen = { act: 'retry-elsewhere', strategy } as const
  note(step, turn, finding, chosen, recorder)
  return act(step, turn, finding, chosen, recorder)
}

/** As an event takes it. */
const textCharactersMax = 1_000

const note = (
  { stepId, attempt }: Step,
  { turn }: Turn,
  finding: StepFinding,
  chosen: ChosenAct,
  { record }: Recorder,
): void => record({ type: 'ObserverNoted', data: { stepId, attempt, turn, ...finding, ...chosen } })

const act = (
  step: Step,
  turn: Turn,
  { text }: StepFinding,
  { act: chosen }: ChosenAct,
  recorder: Recorder,
): boolean => {
  const { stepId, attempt } = step
  switch (chosen) {
    case 'note':
      return false
    case 'revise':
      recorder.record({
        type: 'RevisionRequested',
        data: { stepId, attempt, turn: turn.turn, remark: text },
      })
      return false
    case 'retry-elsewhere':
      startAttempt(step, `the observer wants it from another provider: ${text}`, recorder)
      return true
    case 'ask-person':
      ask(step, turn, text, recorder)
      return true
    default:
      chosen satisfies never
      return false
  }
}

const ask = ({ stepId, title }: Step, { callId }: Turn, text: string, recorder: Recorder): void => {
  const { taskId, planVersion } = recorder.task()
  const what = callId.split('_').slice(2).join('-')
  recorder.record({
    type: 'ApprovalRequested',
    data: {
      approvalId: approvalIdOf(taskId, `ask-${what}`),
      kind: 'failure',
      planVersion: planVersion ?? 1,
      stepId,
      ask: `Step "${title}" does not get on. How does it go on?`,
      expiresAt: expiryOf(recorder.at),
      question: {
        callId,
        failureClass: 'model_output',
        message: text,
        suggestion: 'Let it go on with a further turn, or have another model answer.',
        tried: [],
        choices: ['retry', 'other-model', 'skip', 'fail'],
      },
    },
  })
}
