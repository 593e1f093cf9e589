import { stepIdOf } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { closedBy, effectsOf } from '../effects-of.ts'
import { evolve } from '../evolve.ts'
import { fold } from '../fold.ts'
import { rerunOf } from '../steering/rerun-of.ts'
import { stepCan } from '../steering/step-can.ts'
import { type BornTask, type Task, unbornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import { rerunFrom, retryStep, setBreakpoint } from '../testing/steering-command-fixtures.ts'
import {
  after,
  answer,
  answerWhile,
  collectOutputs,
  createWith,
  expandList,
  failStep,
  resume,
} from '../testing/task-command-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 5 }
const listed = { a: [], b: { needs: ['a'], forEach, onFailure: 'wait' as const }, c: ['b'] }
const repeat = { while: 'output.bad > 0', timesMax: 3 }

const taskAfter = (...commands: readonly TaskCommand[]): BornTask => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}
const stepOf = (task: BornTask, name: string) => task.steps[stepIdOf(name)]
const names = (task: BornTask) => task.order.map((stepId) => stepId.slice('step_'.length))

/** What a shell would still have to do. */
const openAfter = (...commands: readonly TaskCommand[]): string[] => {
  const open = new Set<string>()
  let task: Task = unbornTask
  for (const event of after(...commands)) {
    const closed = closedBy(event, task)
    task = evolve(task, event)
    for (const id of open) if (closed === 'all-but-calls' || closed.includes(id)) open.delete(id)
    if (task.status !== 'unborn') for (const { id } of effectsOf(event, task)) open.add(id)
  }
  return [...open]
}

const begun = [createWith(listed), answer('a'), expandList('b', ['x', 'y', 'z'])]
const done = [
  ...begun,
  answer('b_i1'),
  answer('b_i2'),
  answer('b_i3'),
  collectOutputs('b', '[1,2,3]'),
]

describe('a step for each item of a list that runs again', () => {
  test('begins with its list, without the items of the run before, and with other effects', () => {
    const commands = [...done, rerunFrom('b')]
    const task = taskAfter(...commands)
    expect(names(task)).toEqual(['a', 'b', 'c'])
    expect(stepOf(task, 'b')).toMatchObject({ status: 'running', attempt: 2, output: null })
    expect(openAfter(...commands).filter((id) => id.startsWith('list'))).toEqual([
      'list:step_b:run2',
    ])
  })

  test('has items with ids of their own, so that no call of theirs is answered from the run before', () => {
    const task = taskAfter(...done, rerunFrom('b'), expandList('b', ['x'], null, 2))
    expect(names(task)).toEqual(['a', 'b', 'b_2i1', 'c'])
    expect(stepOf(task, 'b_2i1')?.calls[0]?.callId).toBe('call_1_b_2i1_1_1')
    const ended = taskAfter(
      ...done,
      rerunFrom('b'),
      expandList('b', ['x'], null, 2),
      answer('b_2i1'),
      collectOutputs('b', '[4]', null, 2),
    )
    expect(stepOf(ended, 'b')).toMatchObject({ status: 'done', output: { preview: '[4]' } })
  })

  test('keeps what its items had cost as its own, and the sum of the steps is that of the task', () => {
    const before = taskAfter(...done)
    const task = taskAfter(...done, rerunFrom('b'))
    expect(stepOf(task, 'b')?.costNanoUsd).toBe(3_000)
    expect(task.totals.costNanoUsd).toBe(before.totals.costNanoUsd)
  })

  test('stops the calls of items that run, and still books them', () => {
    const commands = [...begun, rerunFrom('a')]
    const task = taskAfter(...commands)
    expect(names(task)).toEqual(['a', 'b', 'c'])
    expect(openAfter(...commands)).toEqual(
      expect.arrayContaining([
        'call:call_1_b_i1_1_1',
        'call:call_1_b_i2_1_1',
        'cancel-calls:step_b_i1:1',
        'cancel-calls:step_b_i2:1',
      ]),
    )
    const booked = taskAfter(...commands, answer('b_i1'))
    expect(booked.totals.costNanoUsd).toBe(task.totals.costNanoUsd + 1_000)
    expect(openAfter(...commands, answer('b_i1'))).not.toContain('call:call_1_b_i1_1_1')
  })

  test('leaves nothing behind once what its items had asked is booked, and has its cost', () => {
    const commands = [...begun, rerunFrom('b')]
    expect(Object.keys(taskAfter(...commands).steps)).toEqual([
      'step_a',
      'step_b',
      'step_c',
      'step_b_i1',
      'step_b_i2',
    ])
    const late = [answer('b_i1'), failStep('b_i2', 'no_provider')]
    const task = taskAfter(...commands, ...late)
    expect(Object.keys(task.steps)).toEqual(['step_a', 'step_b', 'step_c'])
    expect(stepOf(task, 'b')).toMatchObject({
      costNanoUsd: 1_000,
      usedBefore: { costNanoUsd: 1_000 },
    })
    // A second report of the same call changes nothing.
    given(...after(...commands, ...late))
      .when(answer('b_i1'))
      .yields()
  })

  test('takes no answer that was for the run before', () => {
    given(...after(createWith(listed), answer('a'), rerunFrom('b')))
      .when(expandList('b', ['x']))
      .yields()
    given(...after(createWith(listed), answer('a'), rerunFrom('a'), answer('a', { attempt: 2 })))
      .when(expandList('b', ['x'], null, 1))
      .yields()
  })

  test('is reset with what needs it, its items with it and not beside it', () => {
    const task = taskAfter(...done, answer('c'))
    expect(rerunOf(taskAfter(...done), stepIdOf('a'))).toMatchObject({
      refusal: null,
      steps: [{ stepId: 'step_a' }, { stepId: 'step_b' }, { stepId: 'step_c' }],
    })
    expect(task.status).toBe('succeeded')
  })
})

describe('a step for each item of a list that failed', () => {
  const failed = [...begun, failStep('b_i1', 'no_provider'), answer('b_i2')]

  test('waits for a person, who may let it be tried again', () => {
    const task = taskAfter(...failed)
    const step = stepOf(task, 'b')
    expect(step?.status).toBe('needs-you')
    expect(step && stepCan.retry(task, step)).toBe(true)
    const again = taskAfter(...failed, retryStep('b'), expandList('b', ['x'], null, 2))
    expect(names(again)).toEqual(['a', 'b', 'b_2i1', 'c'])
    expect(stepOf(again, 'b')).toMatchObject({ status: 'running', attempt: 2, failure: null })
  })
})

test('a step that is repeated runs again from its first round', () => {
  const task = taskAfter(
    createWith({ a: { repeat }, b: ['a'] }),
    answer('a_r1'),
    answerWhile('a', 1, true),
    answer('a_r2'),
    answerWhile('a', 2, false),
    rerunFrom('a'),
    answer('a_2r1'),
    answerWhile('a', 1, false, null, 1),
    answerWhile('a', 1, false, null, 2),
  )
  expect(names(task)).toEqual(['a', 'a_2r1', 'b'])
  expect(stepOf(task, 'a')).toMatchObject({ status: 'done', attempt: 2 })
})

test('a breakpoint holds a step before it becomes several', () => {
  const held = [createWith(listed), setBreakpoint('b'), answer('a')]
  expect(taskAfter(...held).pause?.stepId).toBe('step_b')
  expect(openAfter(...held).filter((id) => id.startsWith('list'))).toEqual([])
  expect(openAfter(...held, resume()).filter((id) => id.startsWith('list'))).toEqual([
    'list:step_b',
  ])
})

describe('a step that became several before runs were counted', () => {
  const withoutRun = (event: TaskEvent): TaskEvent => {
    if (event.type !== 'ListAsked' && event.type !== 'RoundStarted') return event
    const { attempt: _uncounted, ...data } = event.data
    return { ...event, data } as TaskEvent
  }

  test('has had its first run: when it runs again, its list is asked for as the second', () => {
    const facts = decide(rerunFrom('b'), fold(after(...done).map(withoutRun)))
    expect(facts.at(-1)).toMatchObject({ type: 'ListAsked', data: { attempt: 2 } })
  })

  test('has rounds with ids of their own when it runs again', () => {
    const commands = [createWith({ a: { repeat }, b: ['a'] }), answer('a_r1')]
    const facts = decide(rerunFrom('a'), fold(after(...commands).map(withoutRun)))
    expect(facts.at(-2)).toMatchObject({ type: 'RoundStarted', data: { attempt: 2, round: 1 } })
    expect(facts.at(-1)).toMatchObject({ type: 'StepStarted', data: { stepId: 'step_a_2r1' } })
  })
})
