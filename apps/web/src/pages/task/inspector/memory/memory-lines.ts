import type { StepId } from '@maestro/contracts/ids'
import { memoriesAt, type TaskMemory } from '@maestro/task-model/judge/task-memory'
import type { BornTask, Step } from '@maestro/task-model/task'

export type MemoryLine = {
  readonly key: string
  readonly text: string
  readonly stepId: StepId
  /** Of the step that it came from. */
  readonly source: string
  /** Who wrote it, after what. */
  readonly origin: string
  readonly atMs: number
}

export type MemoryLines = {
  /** What its turns were told, as it stood then. */
  readonly read: readonly MemoryLine[]
  readonly written: readonly MemoryLine[]
  /** What the task knows beside that: written elsewhere, after this step was told. */
  readonly unread: readonly MemoryLine[]
}

/** What a task keeps for its later steps, as one of them sees it. */
export const memoryLines = (
  { memories = [], steps }: Pick<BornTask, 'memories' | 'steps'>,
  stepId: StepId,
): MemoryLines => {
  const toldCount = Math.max(
    0,
    ...(steps[stepId]?.turns.map(({ told }) => told?.memories ?? 0) ?? []),
  )
  const told = memoriesAt(memories, toldCount)
  const lineOf = (memory: TaskMemory): MemoryLine => {
    const from: Step | undefined = steps[memory.stepId]
    const facts = from?.calls.find(({ callId }) => callId === memory.callId)?.facts
    const model = facts?.provider ? ` (${facts.provider}/${facts.model ?? '?'})` : ''
    return {
      key: memory.key,
      text: memory.text,
      stepId: memory.stepId,
      source: from?.title ?? memory.stepId,
      origin: `the judge${model} after turn ${memory.turn}`,
      atMs: Date.parse(memory.at),
    }
  }
  return {
    read: told.map(lineOf),
    written: memories.filter((memory) => memory.stepId === stepId).map(lineOf),
    unread: memoriesAt(memories)
      .filter((memory) => memory.stepId !== stepId && !told.includes(memory))
      .map(lineOf),
  }
}
