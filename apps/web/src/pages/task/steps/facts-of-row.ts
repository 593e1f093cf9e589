import type { BornTask } from '@maestro/task-model/task'
import type { StepFacts } from '../../../graph/fact-sentences.ts'
import type { StepItem } from './step-items.ts'

/** What the graph tells of a step by its lines, read for one row that is in sight. */
export const factsOfRow = (
  { planned, step }: Pick<StepItem, 'planned' | 'step'>,
  steps: BornTask['steps'],
  isCritical: boolean,
): StepFacts => {
  const looked = step?.condition === 'holds' || step?.condition === 'does-not-hold'
  // What an item or a round needs, the step that became it was handed already.
  const needs = step === null || step.partOf !== undefined ? [] : step.needs
  return {
    condition: planned.when,
    holds: looked ? step.condition === 'holds' : null,
    isCritical,
    gets: needs.reduce((sum, need) => sum + (steps[need]?.output?.bytes ?? 0), 0),
    gives: step?.output?.bytes,
  }
}
