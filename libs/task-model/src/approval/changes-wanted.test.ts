import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { insert, knownTools, remove, rewire } from '../testing/surgery-command-fixtures.ts'
import {
  after,
  answer,
  answerTool,
  approvalId,
  createWith,
  decideOn,
} from '../testing/task-command-fixtures.ts'
import { refOf, toolPlace } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import { digestOfPlan } from './digest-of.ts'

const idOf = (name: string) => toolPlace(name).stepId
const taskAfter = (...commands: readonly TaskCommand[]) => fold(after(...commands)) as BornTask
const written = (...edits: readonly ReturnType<typeof insert>[]) => ({
  edits: { edits, document: refOf('edits'), tools: knownTools },
})

describe('a plan that is approved with edits', () => {
  const asked = createWith({ a: [], b: ['a'] }, { autonomy: 'approve-plan' })
  const edits = written(insert('c', ['a']), rewire('b', ['c']))

  test('runs as the version that they make, and the record says which one was approved', () => {
    const events = after(asked, decideOn('plan-v1', 'approve', edits))
    const types = events.slice(-4).map(({ type }) => type)
    expect(types).toEqual(['PlanEdited', 'ApprovalDecided', 'TaskStarted', 'StepStarted'])
    const task = fold(events) as BornTask
    const hash = task.versions.at(-1)?.hash ?? ''
    expect(events.at(-3)?.data).toMatchObject({ planVersion: 2, digest: digestOfPlan(hash) })
    expect(task).toMatchObject({ status: 'running', planVersion: 2 })
    expect(task.order).toEqual(['step_a', 'step_c', 'step_b'])
  })

  test('stays asked about when the edits cannot be', () =>
    given(...after(asked))
      .when(decideOn('plan-v1', 'approve', written(remove('a'))))
      .rejects('PLAN_EDIT_REFUSED', { rule: 'orphans-input', stepId: 'step_a' }))

  test('is the only thing that is, and only when it is approved', () => {
    given(...after(asked))
      .when(decideOn('plan-v1', 'reject', edits))
      .rejects('INVALID_INPUT', { field: 'edits' })
    const gated = after(
      createWith({ a: [] }, { autonomy: 'approve-steps' }),
      decideOn('plan-v1', 'approve'),
    )
    given(...gated)
      .when(decideOn('step-a', 'approve', edits))
      .rejects('INVALID_INPUT', { field: 'edits' })
  })
})

describe('changes that a person wants', () => {
  test('of a gated step are words that it begins with', () => {
    const task = taskAfter(
      createWith({ a: [] }, { autonomy: 'approve-steps' }),
      decideOn('plan-v1', 'approve'),
      decideOn('step-a', 'revise', { reason: 'only the north' }),
    )
    expect(task.approvals[approvalId('step-a')]).toMatchObject({
      status: 'revised',
      reason: 'only the north',
    })
    expect(task.steps[idOf('a')]).toMatchObject({
      status: 'running',
      guidance: [{ text: refOf('only the north'), by: 'ada' }],
      turns: [{ told: { task: 0, step: 1 } }],
    })
  })

  test('of a tool use are told to the agent, who thinks again', () => {
    const plan = createWith({ a: [] }, { gates: { tools: ['read_input'] } })
    const task = taskAfter(
      plan,
      answer('a', { tools: ['t1'] }),
      decideOn('tool-a-1-1-1', 'revise', { reason: 'only January' }),
    )
    expect(task.approvals[approvalId('tool-a-1-1-1')]).toMatchObject({ status: 'revised' })
    expect(task.steps[idOf('a')]?.turns).toMatchObject([
      { toolUses: [{ status: 'refused', result: refOf('only January') }] },
      { turn: 2 },
    ])
    given(...after(plan, answer('a', { tools: ['t1'] }), decideOn('tool-a-1-1-1', 'revise')))
      .when(answerTool('a', 't1'))
      .yields()
  })

  test('need words', () =>
    given(
      ...after(
        createWith({ a: [] }, { autonomy: 'approve-steps' }),
        decideOn('plan-v1', 'approve'),
      ),
    )
      .when(decideOn('step-a', 'revise', { reason: ' ' }))
      .rejects('INVALID_INPUT', { field: 'reason' }))
})
