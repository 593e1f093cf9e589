import { AppError } from '@maestro/contracts/errors'
import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import { fold } from './fold.ts'
import type { Task } from './task.ts'
import { unbornTask } from './task.ts'
import type { TaskCommand } from './task-command.ts'
import { importFile } from './testing/import-command-fixtures.ts'
import { judgeResult, judgeWith, refuseJudge } from './testing/judge-command-fixtures.ts'
import {
  modifyAgent,
  rerunFrom,
  retryStep,
  setBreakpoint,
  tell,
} from './testing/steering-command-fixtures.ts'
import { editPlan, insert, rewire, undoEdit } from './testing/surgery-command-fixtures.ts'
import {
  after,
  answer,
  answerTool,
  answerWhile,
  cancel,
  checkDuration,
  collectOutputs,
  create,
  createWith,
  decideOn,
  expandList,
  expire,
  failStep,
  guide,
  judge,
  judgeOutput,
  letStep,
  lock,
  pause,
  propose,
  refuseStep,
  resume,
  resumeWithBudget,
  skip,
  startRetry,
  take,
} from './testing/task-command-fixtures.ts'
import { atMs } from './testing/task-fixtures.ts'

const two = { a: [], b: ['a'] }
const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 5 }
const listed = createWith({ a: [], b: { needs: ['a'], forEach }, c: ['b'] })
const repeated = createWith({ a: { repeat: { while: 'output.bad > 0', timesMax: 3 } }, b: ['a'] })
const subPlan = { x: [], y: ['x'] }
const holding = createWith({ a: [], b: { needs: ['a'], subPlan }, c: ['b'] })
const refining = createWith({
  a: { mode: { kind: 'self-refinement', roundsMax: 3 } },
  b: ['a'],
})
const judged = createWith({ a: [], b: ['a'] }, { judge: judgeWith() })
const stateAfter = (...commands: readonly TaskCommand[]): Task => fold(after(...commands))

const states: Readonly<Record<string, Task>> = {
  unborn: unbornTask,
  'drafting, Planner asked': stateAfter(create()),
  'drafting, observers asked': stateAfter(create(), propose()),
  'waiting for approval of its plan': stateAfter(createWith(two, { autonomy: 'approve-plan' })),
  running: stateAfter(createWith(two)),
  'running, a tool at work': stateAfter(createWith(two), answer('a', { tools: ['t1'] })),
  'running, a step waits for its gate': stateAfter(
    createWith(two, { autonomy: 'approve-steps' }),
    decideOn('plan-v1', 'approve'),
  ),
  'running, a step failed and waits': stateAfter(
    createWith({ a: { onFailure: 'wait' }, b: ['a'] }),
    failStep('a', 'no_provider'),
  ),
  'running, a step waits for its next attempt': stateAfter(
    createWith({ a: { retriesMax: 1 }, b: ['a'] }),
    failStep('a', 'no_provider'),
  ),
  'running, a list is looked up': stateAfter(listed, answer('a')),
  'running, a step has become items': stateAfter(listed, answer('a'), expandList('b', ['x', 'y'])),
  'running, outputs of items are put together': stateAfter(
    listed,
    answer('a'),
    expandList('b', ['x']),
    answer('b_i1'),
  ),
  'running, a round is at work': stateAfter(repeated),
  'running, whether there is another round is looked up': stateAfter(repeated, answer('a_r1')),
  'running, steps of a held plan are at work': stateAfter(holding, answer('a')),
  'running, an item runs again alone': stateAfter(
    listed,
    answer('a'),
    expandList('b', ['x', 'y']),
    answer('b_i1'),
    rerunFrom('b_i1'),
  ),
  'running, a list runs again, and calls of its items are still out': stateAfter(
    listed,
    answer('a'),
    expandList('b', ['x', 'y']),
    rerunFrom('b'),
  ),
  'running, an agent judges its own output': stateAfter(refining, answer('a', { text: 'one' })),
  'running, a version of an output was revised': stateAfter(
    refining,
    answer('a', { text: 'one' }),
    judgeOutput('a', 2, 'revise', 'two'),
  ),
  'running, a judge reads a result': stateAfter(judged, answer('a', { text: 'one' })),
  'running, a judge reads the result of an attempt that is over': stateAfter(
    judged,
    answer('a', { text: 'one' }),
    retryStep('a'),
  ),
  'running, the judge asks a person': stateAfter(
    judged,
    answer('a', { text: 'one' }),
    judgeResult('a', 'ask-person'),
  ),
  'paused while a judge reads': stateAfter(judged, answer('a', { text: 'one' }), pause()),
  'paused by a person': stateAfter(createWith(two), pause()),
  'paused, as money ran out': stateAfter(createWith(two), failStep('a', 'budget')),
  succeeded: stateAfter(createWith(two), answer('a'), answer('b')),
  failed: stateAfter(createWith(two), failStep('a', 'no_provider')),
  cancelled: stateAfter(createWith(two), cancel()),
  'imported after its end': stateAfter(createWith(two), answer('a'), answer('b'), importFile()),
  'imported while it ran': stateAfter(createWith(two), answer('a'), importFile()),
}

/** What people say, and what machinery answers: the latter may come at any time, and is never an error. */
const byPeople: readonly TaskCommand[] = [
  pause(),
  resume(),
  letStep('a'),
  letStep(null),
  cancel(),
  skip('b', 'not needed'),
  retryStep('a'),
  rerunFrom('a'),
  rerunFrom('b_i1'),
  retryStep('b_i1'),
  skip('b_i2', 'not needed'),
  tell('b_i1', 'be brief'),
  editPlan([rewire('b', [])]),
  setBreakpoint('b'),
  tell('a', 'be brief'),
  tell(null, 'be kind'),
  modifyAgent('next-attempt'),
  editPlan([insert('c', ['a'])]),
  undoEdit(1),
  guide('shorter'),
  take(1),
  lock('agent:worker'),
  decideOn('plan-v1', 'approve'),
  decideOn('step-a', 'approve'),
  decideOn('money', 'stop'),
]
const byMachinery: readonly TaskCommand[] = [
  propose(),
  judge('agent-observer'),
  answer('a'),
  failStep('a', 'timeout'),
  refuseStep('a', 'no JSON'),
  answerTool('a', 't1'),
  startRetry('a', 1),
  checkDuration(atMs(1)),
  expire('plan-v1', atMs(1)),
  resumeWithBudget({ kind: 'window' }),
  expandList('b', ['x']),
  answerWhile('a', 1, true),
  collectOutputs('b', '[1]'),
  judgeOutput('a', 2, 'good'),
  judgeResult('a', 'ok'),
  refuseJudge('a'),
]

/** What was named is not there, was decided by another, or is another by now: their words say what to do, their details about what. */
const saysItself: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'INVALID_INPUT',
  'CHANGED_SINCE',
  'APPROVAL_DECIDED',
  'APPROVAL_SUPERSEDED',
  'APPROVAL_NOT_YOURS',
])

const rejectionOf = (command: TaskCommand, task: Task): unknown => {
  try {
    decide(command, task)
    return null
  } catch (error) {
    return error
  }
}

describe.each(Object.entries(states))('a task that is %s', (name, task) => {
  test.each(byPeople.map((command, index) => [`${command.type} (${index})`, command] as const))(
    'either does what %s wants, or says by its kind of rejection why not',
    (_, command) => {
      const rejection = rejectionOf(command, task)
      if (rejection === null) return
      expect(rejection).toBeInstanceOf(AppError)
      const { code, details } = rejection as AppError
      expect(code).not.toBe('INTERNAL')
      if (task.status === 'unborn') return expect(code).toBe('NOT_FOUND')
      // What stands in the details is for whoever wants to do something else instead.
      if (saysItself.has(code)) return expect(Object.keys(details)).not.toEqual([])
      expect(details).toMatchObject({ allowed: expect.any(Array) })
      if (code === 'NOT_ALLOWED_NOW' || code === 'PLAN_EDIT_REFUSED')
        expect(details).toMatchObject({ reason: expect.any(String) })
    },
  )

  test('takes whatever machinery answers, also late and twice, without an error', () => {
    if (name === 'unborn') return
    for (const command of byMachinery) {
      expect(rejectionOf(command, task)).toBeNull()
      const events = decide(command, task)
      const next = fold(events, task)
      expect(rejectionOf(command, next)).toBeNull()
    }
  })

  test('that has ended takes no more of what people say but what asks nothing of it', () => {
    if (task.status === 'unborn' || task.stage !== 'ended') return
    for (const command of byPeople) {
      const rejection = rejectionOf(command, task)
      if (rejection === null) {
        expect(decide(command, task)).toEqual([])
        continue
      }
      expect(['TASK_ENDED', 'TASK_READ_ONLY', 'NOT_FOUND', 'APPROVAL_DECIDED']).toContain(
        (rejection as AppError).code,
      )
    }
  })
})
