import { hasEnded } from '@maestro/task-model/execution/readiness-of'
import type { BornTask, Step } from '@maestro/task-model/task'

/** How far a step is that became several; null for every other one. */
export const expansionWords = (step: Step, task: BornTask): string | null => {
  const { expansion, forEach, repeat } = step
  if (expansion === undefined) return null
  const { length } = expansion.stepIds
  if (forEach === undefined) {
    if (expansion.phase === 'while') return `round ${length} has ended: is there another one?`
    if (expansion.isBounded) return `ended with its last round, ${length} of ${length}`
    return `round ${length} of at most ${repeat?.timesMax ?? length}`
  }
  if (expansion.phase === 'list') return 'looks for its list'
  const parts = expansion.stepIds.flatMap((id) => task.steps[id] ?? [])
  return `${parts.filter(hasEnded).length} of ${length} ${length === 1 ? 'item' : 'items'}`
}
