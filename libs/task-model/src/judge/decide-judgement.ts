import type { Memory } from '@maestro/contracts/task/result-judgement'
import { isRunning, recordAnswer } from '../calls/decide-call.ts'
import type { Recorder } from '../recorder.ts'
import type { CommandOf } from '../task-command.ts'
import { hasRoomFor } from './task-memory.ts'

/** The judge has read a result. What comes after its step's attempt is over is paid for and dropped. */
export const judgeResult = (command: CommandOf<'JudgeResult'>, recorder: Recorder): void => {
  const { place, answered, judgement } = command
  if (!isRunning(place, recorder.task())) return
  recordAnswer(place, answered, [], recorder)
  const { stepId, callId } = place
  const step = stepId === null ? undefined : recorder.task().steps[stepId]
  const judging = step?.judging
  if (!stepId || step?.phase !== 'judging' || judging?.callId !== callId) return
  const { attempt, turn, about } = judging
  const { verdict, concern, reason, words, agent } = judgement
  const memories = withRoom(judgement.memories, recorder.task().memories ?? [])
  const left = judgement.memories.length - memories.length
  const judged = { stepId, attempt, turn, callId, about, verdict, concern, reason, words }
  recorder.record({
    type: 'ResultJudged',
    data: {
      ...judged,
      ...(agent !== undefined && { agent }),
      ...(left > 0 && { memoriesLeftOut: left }),
    },
  })
  for (const memory of memories) {
    recorder.record({ type: 'MemoryWritten', data: { stepId, attempt, turn, callId, ...memory } })
  }
}

const withRoom = (memories: readonly Memory[], known: readonly Memory[]): readonly Memory[] => {
  const kept: Memory[] = []
  for (const memory of memories) if (hasRoomFor([...known, ...kept], memory)) kept.push(memory)
  return kept
}
