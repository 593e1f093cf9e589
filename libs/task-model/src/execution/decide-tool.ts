import { askAboutTool } from '../approval/ask-about-tool.ts'
import type { Recorder } from '../recorder.ts'
import type { CommandOf, ToolPlace } from '../task-command.ts'

export const answerTool = (command: CommandOf<'AnswerTool'>, recorder: Recorder): void => {
  const { place, ok, result, latencyMs, misfit } = command
  if (!isRunning(place, recorder)) return
  const data = { ...place, ok, result, latencyMs, ...(misfit !== undefined && { misfit }) }
  recorder.record({ type: 'ToolAnswered', data })
}

export const refuseTool = (command: CommandOf<'RefuseTool'>, recorder: Recorder): void => {
  const { place, tool, reason, result } = command
  if (!isRunning(place, recorder)) return
  recorder.record({ type: 'ToolRefused', data: { ...place, tool, reason, result } })
}

export const doubtTool = ({ place }: CommandOf<'DoubtTool'>, recorder: Recorder): void => {
  if (!isRunning(place, recorder)) return
  const step = recorder.task().steps[place.stepId]
  const turn = step?.turns.at(-1)
  const use = turn?.toolUses.find(({ toolCallId }) => toolCallId === place.toolCallId)
  if (step && turn && use) askAboutTool(step, turn, use, 'in-doubt', recorder)
}

/** False when this very use was answered before, or its attempt or its task is over. */
const isRunning = (
  { stepId, attempt, turn, toolCallId }: ToolPlace,
  { task }: Recorder,
): boolean => {
  const step = task().steps[stepId]
  const last = step?.turns.at(-1)
  if (task().stage === 'ended' || step?.attempt !== attempt || last?.turn !== turn) return false
  return last.toolUses.some((use) => use.toolCallId === toolCallId && use.status === 'running')
}
