import { isRunning, recordAnswer } from '../calls/decide-call.ts'
import type { Recorder } from '../recorder.ts'
import type { CommandOf } from '../task-command.ts'

/** An agent has judged the newest version of an output, and may have written the next one. */
export const judgeOutput = (command: CommandOf<'JudgeOutput'>, recorder: Recorder): void => {
  const { place, answered, verdict, notes, output } = command
  if (!isRunning(place, recorder.task())) return
  recordAnswer(place, answered, [], recorder)
  const { stepId, attempt, turn } = place
  const step = stepId === null ? undefined : recorder.task().steps[stepId]
  const asked = step?.turns.at(-1)
  // What comes after the step's end, or for an attempt that was given up, is paid for and dropped.
  if (!stepId || !step?.refinement || step.phase === null || asked?.callId !== place.callId) return
  if (asked.refine === undefined) return
  const { round, agentId } = asked.refine
  const { version, output: judged } = step.refinement
  const at = { stepId, attempt, turn }
  const said = { round, agentId, version, hash: judged.sha256, verdict, notes }
  recorder.record({ type: 'OutputJudged', data: { ...at, ...said } })
  if (verdict !== 'revise' || output === null || output.sha256 === judged.sha256) return
  recorder.record({
    type: 'OutputProposed',
    data: { ...at, version: version + 1, agentId, output },
  })
}
