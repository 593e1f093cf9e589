import type { StepId } from '@maestro/contracts/ids'
import { memoriesAt } from '@maestro/task-model/judge/task-memory'
import type { BornTask } from '@maestro/task-model/task'

type MemoryLine = { key: string; text: string; origin: string; isTold: boolean }

/** What a task keeps for its later steps: who wrote it after which turn, and whether this step began with it. */
export const memoryLines = (
  { memories = [], steps }: Pick<BornTask, 'memories' | 'steps'>,
  stepId: StepId,
): readonly MemoryLine[] => {
  const toldCount = steps[stepId]?.turns[0]?.told?.memories ?? 0
  return memoriesAt(memories).map((memory) => {
    const { key, text, turn, callId } = memory
    const from = steps[memory.stepId]
    const facts = from?.calls.find((call) => call.callId === callId)?.facts
    const model = facts?.provider ? ` (${facts.provider}/${facts.model ?? '?'})` : ''
    return {
      key,
      text,
      origin: `the judge${model} after turn ${turn} of “${from?.title ?? memory.stepId}”`,
      isTold: memories.indexOf(memory) < toldCount,
    }
  })
}
