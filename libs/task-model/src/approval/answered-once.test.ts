import { describe, test } from 'vitest'
import { editPlan, undoEdit } from '../testing/surgery-command-fixtures.ts'
import {
  after,
  answer,
  cancel,
  createWith,
  decideOn,
  expire,
  failStep,
  resume,
} from '../testing/task-command-fixtures.ts'
import { atMs, refOf, toolPlace } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { TaskCommand } from '../task-command.ts'

const week = 7 * 24 * 3_600_000
const gated = [
  createWith({ a: [], b: ['a'] }, { autonomy: 'approve-steps' }),
  decideOn('plan-v1', 'approve'),
] as const
const tool = [
  createWith({ a: [] }, { gates: { tools: ['read_input'] } }),
  answer('a', { tools: ['t1'] }),
] as const
const kinds = {
  plan: [[createWith({ a: [] }, { autonomy: 'approve-plan' })], 'plan-v1', 'approve'],
  step: [gated, 'step-a', 'approve'],
  tool: [tool, 'tool-a-1-1-1', 'approve'],
  money: [[createWith({ a: [] }), failStep('a', 'budget')], 'money', 'cheaper-model'],
  failure: [
    [
      createWith({ a: { onFailure: 'wait' }, b: ['a'] }),
      failStep('a', 'no_provider', { ask: { suggestion: 'wait' } }),
    ],
    'ask-a-1-1',
    'retry',
  ],
} as const satisfies Record<string, readonly [readonly TaskCommand[], string, string]>

describe.each(Object.entries(kinds))('a question about a %s', (_, [asked, what, decision]) => {
  test('is answered once: the second answer hears who decided, and when', () =>
    given(...after(...asked, decideOn(what, decision)))
      .when({ ...decideOn(what, decision), actor: { kind: 'person', id: 'bob' } })
      .rejects('APPROVAL_DECIDED', { decidedBy: 'ada', decidedAt: atMs(1_000) }))

  test('is not answered late, whether or not its timer was in time', () =>
    given(...after(...asked))
      .when(decideOn(what, decision, { at: atMs(week + 1_000) }))
      .rejects('APPROVAL_DECIDED', { status: 'expired' }))

  test('is not answered by a service', () =>
    given(...after(...asked))
      .when({ ...decideOn(what, decision), actor: { kind: 'service', id: 'scheduler' } })
      .rejects('APPROVAL_NOT_YOURS'))

  test('is void once its task has ended', () =>
    given(...after(...asked, cancel()))
      .when(decideOn(what, decision))
      .rejects('TASK_ENDED'))
})

test('what expired is decided by nobody, and says since when', () =>
  given(...after(...tool, expire('tool-a-1-1-1', atMs(week + 1_000))))
    .when(decideOn('tool-a-1-1-1', 'approve'))
    .rejects('APPROVAL_DECIDED', { status: 'expired', decidedAt: atMs(week + 1_000) }))

test('a question about what was changed since is refused with who changed it, and when', () => {
  const stepId = toolPlace('a').stepId
  const edit = editPlan([{ kind: 'instruct', stepId, instruction: refOf('do less') }])
  given(...after(...gated, edit))
    .when(decideOn('step-a', 'approve'))
    .rejects('APPROVAL_DECIDED', {
      status: 'withdrawn',
      withdrawnBy: 'ada',
      decidedAt: atMs(1_000),
      reason: 'the plan of the step was changed',
    })
  given(...after(...gated, edit, undoEdit(2)))
    .when(decideOn('step-a-2', 'approve'))
    .rejects('APPROVAL_DECIDED', { status: 'withdrawn', withdrawnBy: 'ada' })
})

test('a question about money that is there again is refused with who let the task go on', () =>
  given(...after(createWith({ a: [] }), failStep('a', 'budget'), resume()))
    .when(decideOn('money', 'stop'))
    .rejects('APPROVAL_DECIDED', { status: 'withdrawn', withdrawnBy: 'ada' }))

test('an approval of other arguments than were seen is refused', () =>
  given(...after(...tool))
    .when(decideOn('tool-a-1-1-1', 'approve', { digest: 'f'.repeat(64) }))
    .rejects('APPROVAL_SUPERSEDED'))
