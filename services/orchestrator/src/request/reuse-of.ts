import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { BornTask } from '@maestro/task-model/task'
import type { CallPlace } from '@maestro/task-model/task-command'

/**
 * Whether a call may be answered with what was bought before. A further attempt at a step wants
 * another answer than the one that the step failed with, and leaves it in its place.
 */
export const reuseOf = (
  { options: { cache } }: Pick<BornTask, 'options'>,
  { attempt }: Pick<CallPlace, 'attempt'>,
): Pick<CallWork, 'cache'> => {
  if (cache === undefined) return {}
  return { cache: attempt === 1 ? cache : { maxAgeMs: 0 } }
}
