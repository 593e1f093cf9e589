import {
  heldStepIdOf,
  itemStepIdOf,
  nameOfStep,
  PlanName,
  roundStepIdOf,
  stepIdOf,
} from '@maestro/contracts/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeInPlan, placeOfStep } from './place-of-step.ts'

const name = fc.constantFrom('write', 'i1', 'r2-p-x', 'p-i1', 'x').map((one) => PlanName.parse(one))
const part = fc.record({
  kind: fc.constantFrom('item', 'round', 'held'),
  name,
  attempt: fc.integer({ min: 1, max: 12 }),
  count: fc.integer({ min: 1, max: 1_000 }),
})

test('a step has one place in its plan, in whichever item, round or run it is', () =>
  fc.assert(
    fc.property(name, fc.array(part, { maxLength: 6 }), (first, parts) => {
      let stepId = stepIdOf(first)
      let place = placeInPlan(stepId, null)
      for (const one of parts) {
        if (one.kind === 'held') {
          const planned = stepIdOf(one.name)
          stepId = heldStepIdOf(stepId, nameOfStep(planned), one.attempt)
          place = placeInPlan(planned, place)
        } else {
          const partOf = one.kind === 'item' ? itemStepIdOf : roundStepIdOf
          stepId = partOf(stepId, one.count, one.attempt)
        }
      }
      expect(placeOfStep(stepId)).toBe(place)
    }),
  ))
