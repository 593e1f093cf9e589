import type { StepId, TaskId } from '@maestro/contracts/ids'

/** The wait before the second attempt at most; doubled before each further one. */
const firstWaitMs = 1_000
const waitMsMax = 60_000

/** When the next attempt starts: exponential, with jitter, so that steps that failed together do not all come back together. The jitter is derived: the same failure always leads to the same moment. */
export const retryAtOf = (
  {
    taskId,
    stepId,
    attempt,
    tries,
  }: { taskId: TaskId; stepId: StepId; attempt: number; tries: number },
  at: string,
): string => {
  const waitMs = Math.min(firstWaitMs * 2 ** (tries - 1), waitMsMax)
  const share = 0.5 + 0.5 * fractionOf(`${taskId} ${stepId} ${attempt}`)
  return new Date(Date.parse(at) + Math.round(waitMs * share)).toISOString()
}

/** FNV-1a, as a number from 0 to below 1. */
const fractionOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0) / 2 ** 32
}
