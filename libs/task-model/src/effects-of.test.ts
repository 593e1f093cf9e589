import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { describe, expect, test } from 'vitest'
import { closedBy, type Effect, effectsOf } from './effects-of.ts'
import { evolve } from './evolve.ts'
import { fold } from './fold.ts'
import {
  after,
  answer,
  answerTool,
  approvalId,
  cancel,
  create,
  createWith,
  decideOn,
  draftRound,
  failDraft,
  pause,
  propose,
  resume,
} from './testing/task-command-fixtures.ts'
import { atMs, draftPlace, refOf, stepPlace, toolPlace } from './testing/task-fixtures.ts'
import { type Task, unbornTask } from './task.ts'
import type { TaskCommand } from './task-command.ts'

/** The effects of the last `count` events of a history. */
const asked = (events: readonly TaskEvent[], count: number): readonly Effect[] => {
  let task: Task = unbornTask
  return events.flatMap((event, index) => {
    task = evolve(task, event)
    return task.status === 'unborn' || index < events.length - count ? [] : effectsOf(event, task)
  })
}
const one = createWith({ a: [], b: ['a'] })
const limit = (dueAt: string) => ({ id: 'check-duration', dueAt, kind: 'check-duration' })
const call = (place: Extract<Effect, { kind: 'call' }>['place']) => ({
  id: `call:${place.callId}`,
  dueAt: null,
  kind: 'call',
  place,
})

describe('events ask for work', () => {
  test('a new task asks the Planner, and to be looked at when its time is up', () =>
    expect(asked(after(create()), 2)).toEqual([
      limit(atMs(3_600_000)),
      call(draftPlace('planner')),
    ]))

  test('a proposed plan asks both observers', () =>
    expect(asked(after(create(), propose()), 4)).toEqual([
      call(draftPlace('agent-observer')),
      call(draftPlace('plan-observer')),
    ]))

  test('the next round and the next turn ask again, each under an id of its own', () => {
    expect(asked(after(create(), ...draftRound(1, 'revise', 0.5)), 1)).toEqual([
      call(draftPlace('planner', { round: 2 })),
    ])
    expect(asked(after(create(), failDraft('planner', 'budget'), resume()), 1)).toEqual([
      call(draftPlace('planner', { turn: 2 })),
    ])
  })

  test('a started step and its later turns ask the model', () => {
    expect(asked(after(one), 1)).toEqual([call(stepPlace('a'))])
    const events = after(one, answer('a', { tools: ['t1'] }), answerTool('a', 't1'))
    expect(asked(events, 1)).toEqual([call(stepPlace('a', { turn: 2 }))])
  })

  test('a called tool asks for its run with its arguments', () =>
    expect(asked(after(one, answer('a', { tools: ['t1'] })), 1)).toEqual([
      {
        id: 'tool:step_a:1:1:t1',
        dueAt: null,
        kind: 'tool',
        place: toolPlace('a', 't1'),
        tool: 'read_input',
        arguments: refOf('arguments of t1'),
      },
    ]))

  test('an approval asks to be ended when nobody decides it, and stops the clock', () =>
    expect(asked(after(createWith({ a: [] }, { autonomy: 'approve-plan' })), 1)).toEqual([
      {
        id: `approval:${approvalId('plan-v1')}`,
        dueAt: atMs(7 * 24 * 3_600_000),
        kind: 'expire-approval',
        approvalId: approvalId('plan-v1'),
      },
    ]))

  test('what ends people’s time sets the clock again, with their time added', () => {
    const resumed = after(one, pause(atMs(1_000)), resume(atMs(61_000)))
    expect(asked(resumed, 1)).toEqual([limit(atMs(3_660_000))])
    const approved = after(
      createWith({ a: [] }, { autonomy: 'approve-plan' }),
      decideOn('plan-v1', 'approve', { at: atMs(5_000) }),
    )
    // Whatever goes on may have ended it: each sets the same clock.
    const clock = limit(atMs(3_605_000))
    expect(asked(approved, 3)).toEqual([clock, call(stepPlace('a')), clock])
    const redrafted = after(
      createWith({ a: [] }, { autonomy: 'approve-plan' }),
      decideOn('plan-v1', 'redraft', { at: atMs(5_000) }),
    )
    expect(asked(redrafted, 2)).toEqual([call(draftPlace('planner')), limit(atMs(3_605_000))])
  })

  test('an early end asks to stop the calls in flight, and only those', () => {
    expect(asked(after(createWith({ a: [], b: [], c: [] }), answer('a'), cancel()), 1)).toEqual([
      {
        id: 'cancel-calls',
        dueAt: null,
        kind: 'cancel-calls',
        callIds: [stepPlace('b').callId, stepPlace('c').callId],
      },
    ])
    const idle = createWith({ a: [] }, { autonomy: 'approve-plan' })
    expect(asked(after(idle, cancel()), 1)).toEqual([])
  })

  test('the same event asks for the same work whenever it is read again', () => {
    const events = after(one, answer('a', { tools: ['t1', 't2'] }))
    expect(asked(events, events.length)).toEqual(asked(structuredClone(events), events.length))
  })
})

describe('events answer work', () => {
  const closes = (...commands: readonly TaskCommand[]) => {
    const events = after(...commands)
    const event = events.at(-1)
    return event && closedBy(event, fold(events.slice(0, -1)))
  }

  test('a booked call closes its call, an answered tool its tool, a decision its timer', () => {
    expect(closes(one, pause(), answer('a'))).toEqual([`call:${stepPlace('a').callId}`])
    expect(closes(one, answer('a', { tools: ['t1'] }), pause(), answerTool('a', 't1'))).toEqual([
      'tool:step_a:1:1:t1',
    ])
    const asks = createWith({ a: [] }, { autonomy: 'approve-plan' })
    const [decided] = after(asks, decideOn('plan-v1', 'approve')).slice(-3)
    expect(decided && closedBy(decided, unbornTask)).toEqual([`approval:${approvalId('plan-v1')}`])
  })

  test('the end closes everything but calls in flight: what they cost is still to be booked', () => {
    expect(closes(one, cancel())).toBe('all-but-calls')
    expect(closes(createWith({ a: [] }), answer('a'))).toBe('all-but-calls')
  })
})
