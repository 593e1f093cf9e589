import type { TaskEventData } from '@maestro/contracts/task/task-events'
import type { Memory } from '@maestro/contracts/task/result-judgement'

/** Something that later steps should know, and who found it where. */
export type TaskMemory = TaskEventData<'MemoryWritten'> & { at: string }

/** Every later step is told all of it, so that it has to stay small. */
export const memoriesMax = 100
export const memoryBytesMax = 24 * 1024

const bytesOf = ({ key, text }: Memory): number => new TextEncoder().encode(key + text).length

/** Nothing is ever taken away, so that what a turn was told can be told again word for word: what finds no room is left out. */
export const hasRoomFor = (memories: readonly Memory[], next: Memory): boolean =>
  memories.length < memoriesMax &&
  memories.reduce((sum, known) => sum + bytesOf(known), bytesOf(next)) <= memoryBytesMax

/** Of the first `count` memories, the newest under each key. */
export const memoriesAt = (
  memories: readonly TaskMemory[],
  count = memories.length,
): readonly TaskMemory[] => {
  const newest = new Map(memories.slice(0, count).map((memory) => [memory.key, memory]))
  return [...newest.values()]
}
