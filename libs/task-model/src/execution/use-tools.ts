import { askAboutTool, gateOf } from '../approval/ask-about-tool.ts'
import type { Recorder } from '../recorder.ts'
import type { Step, ToolUse, Turn } from '../task.ts'

/** Begins the tool uses of a turn: each runs, is refused, or is asked about first. */
export const callTools = (step: Step, turn: Turn, recorder: Recorder): void => {
  for (const use of turn.toolUses) {
    if (use.misfit !== undefined) {
      const { reason, result } = use.misfit
      refuse(step, turn, use, { reason, result }, recorder)
      continue
    }
    const why = gateOf(use, step, recorder.task())
    if (why === null) call(step, turn, use, recorder)
    else askAboutTool(step, turn, use, why, recorder)
  }
}

/** Goes on with the uses that a person was asked about and has answered. */
export const goOnAsAnswered = (step: Step, turn: Turn, recorder: Recorder): void => {
  for (const use of turn.toolUses) {
    const { status, verdict } = use
    if (status !== 'asked' || verdict === undefined) continue
    if (verdict.kind === 'run') call(step, turn, use, recorder)
    else if (verdict.kind === 'refuse') refuse(step, turn, use, verdict, recorder)
    else {
      const { ok, result } = verdict
      const place = placeOf(step, turn, use)
      recorder.record({ type: 'ToolAnswered', data: { ...place, ok, result, latencyMs: 0 } })
    }
  }
}

/** The arguments broke a schema in this turn and in the one before: being told did not help. */
export const isMisfitAgain = ({ turns }: Step): boolean =>
  turns.length >= 2 &&
  turns.slice(-2).every(({ toolUses }) => toolUses.some(({ misfit }) => misfit !== undefined))

const placeOf = ({ stepId, attempt }: Step, { turn }: Turn, { toolCallId }: ToolUse) => ({
  stepId,
  attempt,
  turn,
  toolCallId,
})

const call = (step: Step, turn: Turn, use: ToolUse, { record }: Recorder): void => {
  const { tool, arguments: args } = use
  record({ type: 'ToolCalled', data: { ...placeOf(step, turn, use), tool, arguments: args } })
}

const refuse = (
  step: Step,
  turn: Turn,
  use: ToolUse,
  { reason, result }: Pick<NonNullable<ToolUse['misfit']>, 'reason' | 'result'>,
  { record }: Recorder,
): void => {
  const { tool } = use
  record({ type: 'ToolRefused', data: { ...placeOf(step, turn, use), tool, reason, result } })
}
