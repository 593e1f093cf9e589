import { hasEnded } from '@maestro/task-model/execution/readiness-of'
import type { BornTask, Step } from '@maestro/task-model/task'

/** How far a step is that became several; null for every other one. */
export const expansionWords = (step: Step, task: BornTask): string | null => {
  const { expansion, forEach, repeat } = step
  if (expansion === undefined) return null
  const { length } = expansion.stepIds
  const parts = expansion.stepIds.flatMap((id) => task.steps[id] ?? [])
  const ended = parts.filter(hasEnded).length
  if (forEach === undefined && repeat === undefined)
    return `${ended} of ${length} ${length === 1 ? 'step' : 'steps'} of its plan`
  if (forEach === undefined) {
    if (expansion.phase === 'while') return `round ${length} has ended: is there another one?`
    if (expansion.isBounded) return `ended with its last round, ${length} of ${length}`
    return `round ${length} of at most ${repeat?.timesMax ?? length}`
  }
  if (expansion.phase === 'list') return 'looks for its list'
  return `${ended} of ${length} ${length === 1 ? 'item' : 'items'}`
}
