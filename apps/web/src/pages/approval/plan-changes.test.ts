import { StepId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { changesOf } from './plan-changes.ts'

const read = { stepId: StepId.parse('step_read'), title: 'Read', agent: 'reader' }
const write = {
  stepId: StepId.parse('step_write'),
  title: 'Write',
  agent: 'writer',
  gate: true as const,
}
const steps = [read, write]

test('what is left as it is, or put back, is no edit', () => {
  expect(changesOf(steps, {})).toEqual([])
  expect(
    changesOf(steps, {
      [read.stepId]: { agent: 'reader', gate: false, instruction: ' ' },
      [write.stepId]: { gate: true, isRemoved: false },
    }),
  ).toEqual([])
})

test('each change is an edit by name, and says what it does', () =>
  expect(
    changesOf(steps, {
      [read.stepId]: { agent: 'writer', gate: true, instruction: 'Read it twice.' },
      [write.stepId]: { gate: false },
    }),
  ).toMatchObject([
    { edit: { kind: 'reassign', step: 'read', agent: 'writer' }, words: '“Read”: reader → writer' },
    { edit: { kind: 'set-gate', step: 'read', gate: true } },
    { edit: { kind: 'instruct', step: 'read', instruction: 'Read it twice.' } },
    { edit: { kind: 'set-gate', step: 'write', gate: false } },
  ]))

test('of a step that is taken out nothing else is changed', () =>
  expect(changesOf(steps, { [read.stepId]: { isRemoved: true, agent: 'writer' } })).toMatchObject([
    { edit: { kind: 'remove-step', step: 'read', reconnect: true } },
  ]))
