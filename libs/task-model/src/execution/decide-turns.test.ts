import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import {
  after,
  answer,
  answerTool,
  cancel,
  create,
  createWith,
  pause,
  refuseStep,
  refuseTool,
  resume,
} from '../testing/task-command-fixtures.ts'
import {
  booked,
  fact,
  finished,
  refused,
  outOfTurns,
  stepFailed,
  taskFailed,
  taskSucceeded,
  toolAnswered,
  toolCalled,
  toolRefused,
  turnStarted,
} from '../testing/task-fact-fixtures.ts'
import { planOf, refOf } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const one = (turnsMax = 12) => createWith({ a: [] }, { limits: { turnsMax } })
const asksTools = (...tools: string[]) => answer('a', { tools })

describe('an answer that calls tools', () => {
  test('has all of them called', () =>
    given(...after(one()))
      .when(asksTools('t1', 't2'))
      .yields(booked(asksTools('t1', 't2')), toolCalled('a', 't1'), toolCalled('a', 't2')))

  test('is followed by the next turn when the last of them has answered', () => {
    const asked = [one(), asksTools('t1', 't2')]
    given(...after(...asked))
      .when(answerTool('a', 't2'))
      .yields(toolAnswered('a', 't2'))
    given(...after(...asked, answerTool('a', 't2')))
      .when(answerTool('a', 't1'))
      .yields(toolAnswered('a', 't1'), turnStarted('a', 2))
  })

  test('goes on with a tool that failed or was refused: the agent is told so', () => {
    const asked = [one(), asksTools('t1', 't2')]
    given(...after(...asked))
      .when(refuseTool('a', 't1'))
      .yields(toolRefused('a', 't1'))
    given(...after(...asked, refuseTool('a', 't1')))
      .when(answerTool('a', 't2', { ok: false }))
      .yields(toolAnswered('a', 't2', { ok: false }), turnStarted('a', 2))
    expect(fold(after(...asked, refuseTool('a', 't1')))).toMatchObject({
      totals: { toolCalls: 2 },
      steps: {
        step_a: {
          turns: [
            {
              toolUses: [
                { status: 'refused', ok: false, result: refOf('refused') },
                { status: 'running' },
              ],
            },
          ],
        },
      },
    })
  })

  test('may have text beside the calls, which is not the output', () => {
    const command = answer('a', { tools: ['t1'], text: 'let me look' })
    return given(...after(one()))
      .when(command)
      .yields(booked(command), toolCalled('a', 't1'))
  })

  test('fails the step when no turn is left to hear of the result', () =>
    given(
      ...after(
        one(2),
        asksTools('t1'),
        answerTool('a', 't1'),
        answer('a', { turn: 2, tools: ['t2'] }),
      ),
    )
      .when(answerTool('a', 't2', { turn: 2 }))
      .yields(
        toolAnswered('a', 't2', { turn: 2 }),
        outOfTurns('a', 2),
        taskFailed('Step "A" failed: all 2 turns were used without delivering the output', 'a'),
      ))

  test('has no tool called while the task is paused', () => {
    given(...after(one(), pause()))
      .when(asksTools('t1'))
      .yields(booked(asksTools('t1')))
    given(...after(one(), pause(), asksTools('t1')))
      .when(resume())
      .yields(fact('TaskResumed', {}), toolCalled('a', 't1'))
  })
})

describe('a tool’s answer', () => {
  test('counts once', () => {
    const asked = [one(), asksTools('t1', 't2')]
    for (const command of [answerTool('a', 't1'), refuseTool('a', 't1')]) {
      given(...after(...asked, command))
        .when(command)
        .yields()
      given(...after(...asked, command, answerTool('a', 't2')))
        .when(command)
        .yields()
    }
  })

  test('that nobody asked for is none', () => {
    given(...after(one(), asksTools('t1')))
      .when(answerTool('a', 't9'))
      .yields()
    given(...after(one()))
      .when(answerTool('a', 't1'))
      .yields()
    given(...after(create()))
      .when(answerTool('a', 't1'))
      .yields()
  })

  test('is dropped when its task is over or its attempt is another one', () => {
    given(...after(one(), asksTools('t1'), cancel()))
      .when(answerTool('a', 't1'))
      .yields()
    given(...after(one(), asksTools('t1')))
      .when(answerTool('a', 't1', { attempt: 2 }))
      .yields()
  })

  test('to a paused task is kept until it goes on', () => {
    const held = [one(), asksTools('t1'), pause()]
    given(...after(...held))
      .when(answerTool('a', 't1'))
      .yields(toolAnswered('a', 't1'))
    given(...after(...held, answerTool('a', 't1')))
      .when(resume())
      .yields(fact('TaskResumed', {}), turnStarted('a', 2))
  })
})

describe('a step that promises what a tool answers', () => {
  const exact = () => create({ plan: planOf({ a: { from: 'tool' } }) })
  const problem =
    'the output has to be what a tool answers, and the last turn called none that delivered it'

  test('delivers the last tool’s answer as it is, without another turn', () =>
    given(...after(exact(), asksTools('t1', 't2'), answerTool('a', 't2')))
      .when(answerTool('a', 't1'))
      .yields(
        toolAnswered('a', 't1'),
        finished('a', 'result of t2'),
        taskSucceeded('result of t2'),
      ))

  test('thinks again when one of the tools failed', () =>
    given(...after(exact(), asksTools('t1', 't2'), answerTool('a', 't2')))
      .when(answerTool('a', 't1', { ok: false }))
      .yields(toolAnswered('a', 't1', { ok: false }), turnStarted('a', 2)))

  test('does not take a model’s words instead: it asks for a repair, once', () => {
    given(...after(exact()))
      .when(answer('a'))
      .yields(
        booked(answer('a')),
        refused(answer('a'), problem),
        turnStarted('a', 2, { repair: problem }),
      )
    const again = answer('a', { turn: 2 })
    const reason = `the answer could not be used, also after one repair: ${problem}`
    given(...after(exact(), answer('a')))
      .when(again)
      .yields(
        booked(again),
        refused(again, problem),
        stepFailed('a', reason),
        taskFailed(`Step "A" failed: ${reason}`, 'a'),
      )
  })
})

describe('an answer that cannot be used', () => {
  test('is repaired once, with the problem said', () => {
    const command = refuseStep('a', 'no JSON')
    return given(...after(one()))
      .when(command)
      .yields(
        booked(command),
        refused(command, 'no JSON'),
        turnStarted('a', 2, { repair: 'no JSON' }),
      )
  })

  test('fails the step when the repair cannot be used either', () => {
    const again = refuseStep('a', 'still none', { turn: 2 })
    const reason = 'the answer could not be used, also after one repair: still none'
    return given(...after(one(), refuseStep('a', 'no JSON')))
      .when(again)
      .yields(
        booked(again),
        refused(again, 'still none'),
        stepFailed('a', reason),
        taskFailed(`Step "A" failed: ${reason}`, 'a'),
      )
  })

  test('may be repaired again after an answer that could be used', () => {
    const again = refuseStep('a', 'no JSON', { turn: 3 })
    return given(
      ...after(
        one(),
        refuseStep('a', 'no JSON'),
        answer('a', { turn: 2, tools: ['t1'] }),
        answerTool('a', 't1', { turn: 2 }),
      ),
    )
      .when(again)
      .yields(booked(again), refused(again, 'no JSON'), turnStarted('a', 4, { repair: 'no JSON' }))
  })

  test('leaves no turn for a repair when all are used', () =>
    given(...after(one(1)))
      .when(refuseStep('a', 'no JSON'))
      .yields(
        booked(refuseStep('a', 'no JSON')),
        refused(refuseStep('a', 'no JSON'), 'no JSON'),
        outOfTurns('a', 1),
        taskFailed('Step "A" failed: all 1 turns were used without delivering the output', 'a'),
      ))

  test('because it is empty is seen by the rules themselves', () => {
    const empty = answer('a', { text: null })
    return given(...after(one()))
      .when(empty)
      .yields(
        booked(empty),
        refused(empty, 'the answer is empty'),
        turnStarted('a', 2, { repair: 'the answer is empty' }),
      )
  })
})

test('every answer of a step counts once, however often it comes', () => {
  const commands = [
    createWith({ a: { retriesMax: 1 }, b: ['a'] }),
    refuseStep('a', 'no JSON'),
    answer('a', { turn: 2, tools: ['t1', 't2'] }),
    answerTool('a', 't1', { turn: 2 }),
    refuseTool('a', 't2', { turn: 2 }),
    answer('a', { turn: 3 }),
    answer('b'),
  ]
  for (const [index, command] of commands.entries()) {
    given(...after(...commands.slice(0, index + 1)))
      .when(command)
      .yields()
    given(...after(...commands))
      .when(command)
      .yields()
  }
})
