import { expect, test } from 'vitest'
import { StepId } from '../ids.ts'
import { StepDraft } from '../task/plan-draft.ts'
import { plannedStepOf } from './planned-work-of.ts'

const step = StepId.parse('step_a')
const draft = (change: object = {}) =>
  StepDraft.parse({
    name: 'a',
    title: 'A',
    agent: 'worker',
    instruction: 'do',
    promise: { description: 'a text' },
    ...change,
  })
const held = (name: string, change: object = {}) => ({
  name,
  title: name,
  agent: 'helper',
  instruction: 'do',
  promise: { description: 'a text' },
  ...change,
})

test('a list is expected to have ten items, and a repeated step two rounds, where more are allowed', () => {
  const repeat = { while: 'output.bad > 0', timesMax: 5 }
  expect(plannedStepOf(step, draft({ forEach: { list: 'outputs.x' }, repeat }))).toMatchObject({
    timesMax: 500,
    timesExpected: 20,
  })
  expect(plannedStepOf(step, draft({ repeat: { ...repeat, timesMax: 1 } }))).toMatchObject({
    timesMax: 1,
    timesExpected: 1,
  })
})

test('says who judges an output, and whether the step has a condition and turns of its own', () => {
  const mode = { kind: 'collaborative', agents: ['critic'], roundsMax: 2 }
  expect(
    plannedStepOf(step, draft({ mode, when: 'outputs.x > 1', caps: { turnsMax: 3 } })),
  ).toMatchObject({ reviewers: ['critic'], isConditional: true, turnsMax: 3 })
  expect(
    plannedStepOf(step, draft({ mode: { kind: 'self-refinement', roundsMax: 2 } })),
  ).toMatchObject({ isRefined: true })
})

test('work that a step holds is told as often as whatever holds it runs, however deep', () => {
  const inner = held('inner', {
    forEach: { list: 'outputs.x', itemsMax: 4 },
    subPlan: { steps: [held('deep', { repeat: { while: 'output > 1', timesMax: 3 } })] },
  })
  const { holds } = plannedStepOf(step, draft({ subPlan: { steps: [held('first'), inner] } }))
  expect(holds).toMatchObject([
    { agent: 'helper', timesMax: 1 },
    { agent: 'helper', timesMax: 12, timesExpected: 8 },
  ])
})
