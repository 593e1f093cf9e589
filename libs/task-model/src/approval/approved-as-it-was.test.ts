import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { modifyAgent, rerunFrom } from '../testing/steering-command-fixtures.ts'
import {
  after,
  answer,
  createWith,
  decideOn,
  expandList,
  pause,
  resume,
} from '../testing/task-command-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const gated = { a: [], b: { needs: ['a'], gate: true as const } }
/** Approved while nothing begins, so that it waits. */
const waiting = [createWith(gated), answer('a'), pause(), decideOn('step-b', 'approve')]

describe('a step that was approved and waits', () => {
  test('begins as it was approved', () =>
    expect(fold(after(...waiting, resume()))).toMatchObject({
      steps: { step_b: { status: 'running', attempt: 1 } },
    }))

  test('is asked about again when its agent has other tools by now', () =>
    expect(
      fold(after(...waiting, modifyAgent('next-attempt', { tools: ['search'] }), resume())),
    ).toMatchObject({
      steps: { step_b: { status: 'needs-you', attempt: 0 } },
      approvals: { 'apr_1_step-b': { status: 'approved' }, 'apr_1_step-b-2': { status: 'open' } },
    }))

  test('begins once it is approved as it is by now', () =>
    expect(
      fold(
        after(
          ...waiting,
          modifyAgent('next-attempt', { tools: ['search'] }),
          resume(),
          decideOn('step-b-2', 'approve'),
        ),
      ),
    ).toMatchObject({ steps: { step_b: { status: 'running', attempt: 1 } } }))
})

test('items are approved with their step, until what they would run is no longer that', () => {
  const forEach = { list: 'outputs.a', parallelMax: 1, itemsMax: 5 }
  const listed = [
    createWith({ a: [], b: { needs: ['a'], gate: true, forEach } }),
    answer('a'),
    decideOn('step-b', 'approve'),
    expandList('b', ['x', 'y', 'z']),
  ]
  expect(fold(after(...listed, answer('b_i1')))).toMatchObject({
    steps: { step_b_i2: { status: 'running' } },
  })
  // No more of them are asked about at once than may run at once.
  expect(
    fold(after(...listed, modifyAgent('next-attempt', { tools: ['search'] }), answer('b_i1'))),
  ).toMatchObject({
    steps: { step_b_i2: { status: 'needs-you' }, step_b_i3: { status: 'not-ready' } },
  })
})

test('a question about a step that begins anew is withdrawn, with who did it and why', () => {
  const asked = after(createWith(gated), answer('a'), rerunFrom('a'))
  expect(fold(asked)).toMatchObject({
    approvals: {
      'apr_1_step-b': {
        status: 'withdrawn',
        withdrawnBy: 'ada',
        reason: 'its step begins anew: better input',
      },
    },
  })
  given(...asked)
    .when(decideOn('step-b', 'approve'))
    .rejects('APPROVAL_DECIDED', { status: 'withdrawn', withdrawnBy: 'ada' })
})
