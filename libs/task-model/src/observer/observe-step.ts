import type { Recorder } from '../recorder.ts'
import type { Step, Turn } from '../task.ts'
import { actFor, elsewhereOnce } from './act-for.ts'
import { findingsIn } from './findings-in.ts'
import { takeAct } from './take-act.ts'

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
  for (const finding of findingsIn(step, turnsMax, recorder.task())) {
    const chosen = actFor(finding, step, recorder.task())
    const isElsewhere = takeAct(step, turn, { finding, chosen }, recorder)
    if (chosen.act !== 'note') return isElsewhere
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
  return takeAct(step, turn, { finding, chosen: { act: 'retry-elsewhere', strategy } }, recorder)
}

/** As an event takes it. */
const textCharactersMax = 1_000
