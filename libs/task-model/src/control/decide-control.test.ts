import { stepIdOf } from '@maestro/contracts/ids'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { taskCan } from '../task-can.ts'
import {
  after,
  answer,
  answerTool,
  cancel,
  create,
  createWith,
  decideOn,
  failStep,
  letStep,
  pause,
  propose,
  resume,
} from '../testing/task-command-fixtures.ts'
import {
  booked,
  fact,
  finished,
  moneyAsked,
  pausedForMoney,
  queued,
  started,
  taskCancelled,
  taskSucceeded,
  toolCalled,
  turnStarted,
} from '../testing/task-fact-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { TaskCommand } from '../task-command.ts'

const paused = fact('TaskPaused', { reason: 'person', note: '' })
const resumed = fact('TaskResumed', {})
const stepped = (name: string) => fact('TaskStepped', { stepId: stepIdOf(name) })

/** A history in each stage of a task's life that takes commands. */
const alive = {
  drafting: [create()],
  judging: [create(), propose()],
  'awaiting approval': [createWith({ a: [] }, { autonomy: 'approve-plan' })],
  running: [createWith({ a: [], b: ['a'] })],
  'calling a tool': [createWith({ a: [] }), answer('a', { tools: ['t1'] })],
  'without money': [createWith({ a: [] }), failStep('a', 'budget')],
  paused: [createWith({ a: [] }), pause()],
}
const ended = {
  succeeded: [createWith({ a: [] }), answer('a')],
  failed: [createWith({ a: [] }), failStep('a', 'auth')],
  cancelled: [createWith({ a: [] }), cancel()],
}

describe('pausing', () => {
  test.each(['drafting', 'judging', 'running', 'calling a tool'] as const)(
    'holds a task that is %s, and going on goes on',
    (stage) => {
      const before = after(...alive[stage])
      given(...before)
        .when(pause())
        .yields(paused)
      const held = after(...alive[stage], pause())
      expect(fold(held)).toMatchObject({ status: 'paused', pause: { reason: 'person' } })
      given(...held)
        .when(resume())
        .yields(resumed)
      expect(fold(after(...alive[stage], pause(), resume()))).toMatchObject({
        status: fold(before).status,
        pause: null,
      })
    },
  )

  test('a paused task changes nothing', () =>
    given(...after(...alive.paused))
      .when(pause())
      .yields())

  test('going on with a task that is not paused is refused', () =>
    given(...after(...alive.running))
      .when(resume())
      .rejects('TASK_NOT_PAUSED', { status: 'running' }))

  test('starts nothing new: neither steps, nor turns, nor tools', () => {
    const events = after(
      createWith({ a: [], b: ['a'], c: [] }),
      pause(),
      answer('a'),
      answer('c', { tools: ['t1'] }),
    )
    expect(events.slice(-2)).toMatchObject([
      booked(answer('a')),
      booked(answer('c', { tools: ['t1'] })),
    ])
    given(...events)
      .when(resume())
      .yields(resumed, finished('a'), toolCalled('c', 't1'), started('b'))
  })
})

describe('cancelling', () => {
  test.each(Object.entries(alive))('ends a task that is %s', (_, commands) => {
    given(...after(...commands))
      .when(cancel('no more'))
      .yields(taskCancelled('no more'))
    expect(fold(after(...commands, cancel('no more')))).toMatchObject({
      status: 'cancelled',
      stage: 'ended',
      pause: null,
      waitingSince: null,
      failure: 'no more',
    })
  })

  test('a cancelled task changes nothing', () =>
    given(...after(...ended.cancelled))
      .when(cancel())
      .yields())
})

describe('an ended task', () => {
  test.each(Object.entries(ended))('that %s takes no commands of people', (status, commands) => {
    const events = after(...commands)
    for (const command of [pause(), resume(), letStep(null)]) {
      given(...events)
        .when(command)
        .rejects('TASK_ENDED', { status })
    }
    if (status !== 'cancelled') {
      given(...events)
        .when(cancel())
        .rejects('TASK_ENDED', { status })
    }
  })

  test('says so to the console in the same words', () => {
    for (const commands of Object.values(ended)) {
      const task = fold(after(...commands))
      expect(
        [taskCan.pause, taskCan.resume, taskCan.cancel, taskCan.step].map((can) => can(task)),
      ).toEqual([false, false, false, false])
    }
  })
})

describe('letting one step through', () => {
  const two = [createWith({ a: [], b: ['a'] }), pause()]

  test('lets a held step go on to its end while the others stay held', () => {
    const held = [
      createWith({ a: [], b: [], c: ['a'] }),
      pause(),
      answer('a', { tools: ['t1'] }),
      answer('b'),
    ]
    given(...after(...held))
      .when(letStep('a'))
      .yields(stepped('a'), toolCalled('a', 't1'))
    given(...after(...held, letStep('a'), answerTool('a', 't1')))
      .when(answer('a', { turn: 2 }))
      .yields(booked(answer('a', { turn: 2 })), finished('a'))
  })

  test('takes the first held step when none is named, then the first ready one', () => {
    given(...after(...two, answer('a')))
      .when(letStep(null))
      .yields(stepped('a'), finished('a'))
    given(...after(...two, answer('a'), letStep(null)))
      .when(letStep(null))
      .yields(stepped('b'), started('b'))
  })

  test('may carry the task to its end', () =>
    given(...after(...two, answer('a'), letStep(null), letStep(null)))
      .when(answer('b'))
      .yields(booked(answer('b')), finished('b'), taskSucceeded('output of b')))

  test('the same step again changes nothing while it is on its way', () =>
    given(...after(...two, letStep('a')))
      .when(letStep('a'))
      .yields())

  test('is refused for a step that cannot run, and when no step is left', () => {
    given(...after(...two))
      .when(letStep('b'))
      .rejects('STEP_NOT_READY', { stepId: stepIdOf('b') })
    given(...after(...two, letStep('a')))
      .when(letStep(null))
      .rejects('STEP_NOT_READY')
    given(...after(create(), pause()))
      .when(letStep(null))
      .rejects('STEP_NOT_READY')
    given(...after(...alive.running))
      .when(letStep('a'))
      .rejects('TASK_NOT_PAUSED')
  })

  test('keeps to the parallel limit: a step waits for the place of one that is held', () => {
    const narrow = [createWith({ a: [], b: [] }, { limits: { stepsParallelMax: 1 } }), pause()]
    expect(after(...narrow)).toContainEqual(expect.objectContaining(queued('b')))
    given(...after(...narrow))
      .when(letStep('b'))
      .yields(stepped('b'))
    given(...after(...narrow, letStep('b'), answer('a')))
      .when(letStep('a'))
      .yields(stepped('a'), finished('a'), started('b'))
  })

  test('holds the step again when the money runs out, instead of asking for ever', () => {
    const let1 = [...two, letStep('a')]
    given(...after(...let1))
      .when(failStep('a', 'budget'))
      .yields(
        booked(failStep('a', 'budget')),
        pausedForMoney(),
        moneyAsked({
          droppable: [{ stepId: stepIdOf('a'), title: 'A' }],
          choices: ['cheaper-model', 'drop-steps', 'stop'],
        }),
      )
    given(...after(...let1, failStep('a', 'budget')))
      .when(letStep('a'))
      .yields(stepped('a'), turnStarted('a', 2))
  })

  test('ends with the pause: a second pause holds the step as well', () =>
    given(...after(...two, letStep('a'), resume(), pause()))
      .when(answer('a'))
      .yields(booked(answer('a'))))
})

test('the console may offer what the rules allow', () => {
  const can = (commands: readonly TaskCommand[]) => {
    const task = fold(after(...commands))
    return Object.entries(taskCan).flatMap(([name, allows]) => (allows(task) ? [name] : []))
  }
  expect(can(alive.drafting)).toEqual(['pause', 'cancel', 'decide'])
  expect(can(alive['awaiting approval'])).toEqual(['cancel', 'decide'])
  expect(can(alive.running)).toEqual(['pause', 'cancel', 'decide'])
  expect(can(alive.paused)).toEqual(['resume', 'cancel', 'step', 'decide'])
  expect(can([...alive['awaiting approval'], decideOn('plan-v1', 'approve')])).toContain('pause')
})
