import { fold } from '@maestro/task-model/fold'
import { editPlan } from '@maestro/task-model/testing/surgery-command-fixtures'
import { after, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import type { BornTask } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import type { StepWish } from '../step-edits.ts'
import { editPreview } from './edit-preview.ts'
import { planEditsOf } from './plan-edits-of.ts'

// a runs, b waits for it, c for b; d delivers.
const begun = createWith({ a: [], b: ['a'], c: ['b'], d: ['a', 'c'] })
const born = fold(after(begun)) as BornTask
const stepOf = (name: string) => {
  const step = Object.values(born.steps).find(({ stepId }) => stepId === `step_${name}`)
  if (step === undefined) throw new Error(`there is no step ${name}`)
  return step
}
const shown = (name: string, wish: StepWish) => editPreview(wish, stepOf(name), born)
const insert: StepWish = { kind: 'insert', title: 'Check', instruction: 'Do.', agent: 'worker' }
const wishes: readonly (readonly [string, StepWish])[] = [
  ['a', insert],
  ['d', insert],
  ['b', { kind: 'remove' }],
  ['c', { kind: 'rewire', needs: ['a'] }],
  ['b', { kind: 'gate' }],
  ['b', { kind: 'instruct', instruction: 'Otherwise.' }],
  ['b', { kind: 'model', provider: 'ollama', model: '' }],
]

test('what is shown before a plan is changed is what the engine then does', () => {
  for (const [name, wish] of wishes) {
    const preview = shown(name, wish)
    if (preview === null || 'refusal' in preview) throw new Error(`${name} ${wish.kind}`)
    const event = after(begun, editPlan(planEditsOf(wish, stepOf(name), born))).at(-1)
    if (event?.type !== 'PlanEdited') throw new Error('the plan was not edited')
    const ids = (kinds: readonly string[]) =>
      preview.changes.flatMap(({ kind, part }) => (kinds.includes(kind) ? [part.stepId] : []))
    expect(ids(['added', 'changed'])).toEqual(event.data.steps.map(({ stepId }) => stepId))
    expect(ids(['removed'])).toEqual(event.data.removed)
    expect(preview.newResult?.stepId ?? born.resultStepId).toBe(event.data.resultStepId)
  }
})

test('it says what comes after, and whose output is the result then', () => {
  expect(shown('b', { kind: 'gate' })).toMatchObject({
    later: [{ stepId: 'step_c' }, { stepId: 'step_d' }],
    newResult: null,
  })
  expect(shown('d', insert)).toMatchObject({ newResult: { title: 'Check' }, later: [] })
})

test('what the engine refuses is told with its reason before it is sent', () => {
  const circle: StepWish = { kind: 'rewire', needs: ['c'] }
  const refused = shown('b', circle)
  expect(refused).toHaveProperty('refusal')
  expect(() => after(begun, editPlan(planEditsOf(circle, stepOf('b'), born)))).toThrow()
  expect(shown('a', { kind: 'instruct', instruction: 'Otherwise.' })).toHaveProperty('refusal')
})
