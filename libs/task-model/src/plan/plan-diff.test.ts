import { expect, test } from 'vitest'
import { planOf, refOf } from '../testing/task-fixtures.ts'
import { planDiff } from './plan-diff.ts'

test('names what was added, removed and changed, and in which fields', () => {
  const before = planOf({ a: [], b: ['a'], c: ['b'] })
  const after = planOf({ a: [], b: { needs: [], when: 'true' }, d: ['b'] })
  const diff = planDiff(before, {
    ...after,
    agents: before.agents.map((agent) => ({ ...agent, prompt: refOf('work better') })),
  })
  expect(diff.steps.map(({ kind, part }) => [kind, part.stepId])).toEqual([
    ['changed', 'step_b'],
    ['added', 'step_d'],
    ['removed', 'step_c'],
  ])
  expect(diff.steps[0]).toMatchObject({ fields: ['needs', 'when'] })
  expect(diff.agents).toMatchObject([{ kind: 'changed', fields: ['prompt'] }])
})

test('the order in which keys were written is no change', () => {
  const plan = planOf({ a: [] })
  const turned = plan.steps.map((step) =>
    Object.fromEntries(Object.entries(step).toReversed()),
  ) as unknown as typeof plan.steps
  expect(planDiff(plan, { ...plan, steps: turned })).toEqual({ agents: [], steps: [] })
})
