import { StepId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { planDepth } from './plan-depth.ts'

const step = (name: string, ...needs: string[]) => ({
  stepId: StepId.parse(`step_${name}`),
  needs: needs.map((need) => StepId.parse(`step_${need}`)),
})

test('the longest way counts its steps, those beside it do not', () => {
  expect(planDepth([])).toBe(0)
  expect(planDepth([step('a'), step('b')])).toBe(1)
  expect(planDepth([step('a'), step('b', 'a'), step('c', 'a'), step('d', 'b', 'c')])).toBe(3)
})
