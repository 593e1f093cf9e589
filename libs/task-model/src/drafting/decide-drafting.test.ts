import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { describe, expect, test } from 'vitest'
import {
  after,
  cancel,
  create,
  draftRound,
  failDraft,
  judge,
  pause,
  propose,
  refuseDraft,
  resume,
} from '../testing/task-command-fixtures.ts'
import {
  booked,
  converged,
  draftingStarted,
  draftTurn,
  fact,
  moneyAsked,
  moneyWithdrawn,
  pausedForMoney,
  refused,
  started,
  taskFailed,
  taskStarted,
} from '../testing/task-fact-fixtures.ts'
import { draftPlace, optionsWith, planOf } from '../testing/task-fixtures.ts'
import { fold } from '../fold.ts'
import { given } from '../testing/task-spec.ts'

const judged = (
  observer: 'agent-observer' | 'plan-observer',
  {
    version = 1,
    verdict = 'approve',
    score = 0.9,
  }: { version?: number; verdict?: 'approve' | 'revise'; score?: number } = {},
) =>
  fact('PlanJudged', {
    version,
    hash: `hash-${version}`,
    observer,
    verdict,
    score,
    summary: '',
    findings: [],
    callId: draftPlace(observer, { round: version }).callId,
  })

const proposed = (version: number, round = version) => {
  const plan = planOf({ a: [], b: ['a'] }, { hash: `hash-${round}` })
  return fact('PlanProposed', {
    version,
    hash: plan.hash,
    author: 'planner',
    part: 1,
    parts: 1,
    rationale: 'because',
    callId: draftPlace('planner', { round }).callId,
    document: plan.document,
    agents: [...plan.agents],
    steps: [...plan.steps],
    resultStepId: plan.resultStepId,
  })
}

describe('a round', () => {
  test('has each proposed version judged by both observers', () =>
    given(...after(create()))
      .when(propose())
      .yields(
        booked(propose()),
        proposed(1),
        draftTurn('agent-observer'),
        draftTurn('plan-observer'),
      ))

  test('waits for the second verdict', () =>
    given(...after(create(), propose()))
      .when(judge('plan-observer'))
      .yields(booked(judge('plan-observer')), judged('plan-observer')))

  test('ends the drafting when both approve the same version, and the plan is started', () =>
    given(...after(create(), propose(), judge('plan-observer')))
      .when(judge('agent-observer'))
      .yields(
        booked(judge('agent-observer')),
        judged('agent-observer'),
        converged(1, 'approved'),
        taskStarted(),
        started('a'),
      ))

  test('is followed by another one when one observer asks for a revision', () =>
    given(...after(create(), propose(), judge('plan-observer')))
      .when(judge('agent-observer', { verdict: 'revise', score: 0.6 }))
      .yields(
        booked(judge('agent-observer')),
        judged('agent-observer', { verdict: 'revise', score: 0.6 }),
        draftingStarted(2),
      ))

  test('is followed by another one when both approve below the least score', () =>
    given(...after(create(), propose(), judge('plan-observer', { score: 0.7 })))
      .when(judge('agent-observer', { score: 0.9 }))
      .yields(booked(judge('agent-observer')), judged('agent-observer'), draftingStarted(2)))

  test('numbers findings by version and observer, so that the Planner can answer each of them', () => {
    const finding = { severity: 'major' as const, target: 'step:a', text: 'too vague' }
    const events = after(create(), propose(), judge('plan-observer', { findings: [finding] }))
    const answered = after(
      create(),
      propose(),
      judge('plan-observer', { verdict: 'revise', score: 0.5, findings: [finding] }),
      judge('agent-observer'),
      propose({
        round: 2,
        replies: [{ findingId: 'v1-plan-observer-1', addressed: true, note: 'said more' }],
      }),
    )
    expect(events.at(-1)?.data).toMatchObject({
      findings: [{ ...finding, findingId: 'v1-plan-observer-1' }],
    })
    expect(fold(answered)).toMatchObject({
      versions: [
        { replies: [] },
        { replies: [{ findingId: 'v1-plan-observer-1', addressed: true, note: 'said more' }] },
      ],
    })
  })
})

describe('a verdict', () => {
  test('of an earlier version never counts for a newer one', () => {
    const task = fold(after(create(), ...draftRound(1, 'revise', 0.5), propose({ round: 2 })))
    expect(task).toMatchObject({
      versions: [
        { version: 1, verdicts: { 'agent-observer': { score: 0.5 } } },
        { version: 2, verdicts: { 'agent-observer': null, 'plan-observer': null } },
      ],
      drafting: { converged: null },
    })
  })

  test('about another version than the present one is paid for, not counted, and asked for again', () => {
    const stale = judge('plan-observer', { hash: 'hash-0' })
    const problem = 'the verdict is about another version of the plan'
    return given(...after(create(), propose()))
      .when(stale)
      .yields(
        booked(stale),
        refused(stale, problem),
        draftTurn('plan-observer', { turn: 2, repair: problem }),
      )
  })

  test('that comes after the task was cancelled is paid for and dropped', () =>
    given(...after(create(), propose(), cancel()))
      .when(judge('plan-observer'))
      .yields(booked(judge('plan-observer'))))
})

describe('the end of the loop', () => {
  const options = (roundsMax: number) => optionsWith({ drafting: { roundsMax } })

  test('comes when the score improves by less than a hundredth: the best version is taken', () => {
    const events = after(
      create({ options: options(4) }),
      ...draftRound(1, 'revise', 0.6),
      ...draftRound(2, 'revise', 0.605),
    )
    expect(events.at(-3)).toMatchObject(converged(2, 'no-improvement'))
  })

  test('comes when a revision made it worse: the better version before it is taken', () => {
    const events = after(
      create({ options: options(4) }),
      ...draftRound(1, 'revise', 0.7),
      ...draftRound(2, 'revise', 0.5),
    )
    expect(events.at(-3)).toMatchObject(converged(1, 'no-improvement'))
    expect(fold(events)).toMatchObject({ status: 'running', planVersion: 1 })
  })

  test('comes with the cap on rounds: the best version is taken although nobody approved it', () => {
    const events = after(
      create({ options: options(2) }),
      ...draftRound(1, 'revise', 0.4),
      ...draftRound(2, 'revise', 0.6),
    )
    expect(events.at(-3)).toMatchObject(converged(2, 'round-cap'))
  })

  test('takes the newest of equals: it answers more findings', () => {
    const events = after(
      create({ options: options(4) }),
      ...draftRound(1, 'revise', 0.6),
      ...draftRound(2, 'revise', 0.6),
    )
    expect(events.at(-3)).toMatchObject(converged(2, 'no-improvement'))
  })

  test('does not come while the score rises', () => {
    const events = after(
      create({ options: options(4) }),
      ...draftRound(1, 'revise', 0.4),
      ...draftRound(2, 'revise', 0.5),
      ...draftRound(3, 'revise', 0.6),
    )
    expect(events.at(-1)).toMatchObject(draftingStarted(4))
  })
})

describe('an answer that cannot be used', () => {
  test('is repaired once, with the problem said', () => {
    const command = refuseDraft('planner', 'no JSON')
    return given(...after(create()))
      .when(command)
      .yields(
        booked(command),
        refused(command, 'no JSON'),
        draftTurn('planner', { turn: 2, repair: 'no JSON' }),
      )
  })

  test('ends the task when the repair cannot be used either', () => {
    const again = refuseDraft('planner', 'a circle', { turn: 2 })
    return given(...after(create(), refuseDraft('planner', 'no JSON')))
      .when(again)
      .yields(
        booked(again),
        refused(again, 'a circle'),
        taskFailed("The Planner's answer could not be used, also after one repair: a circle"),
      )
  })

  test('of an observer is repaired while the other one goes on', () => {
    const command = refuseDraft('agent-observer', 'no score')
    return given(...after(create(), propose()))
      .when(command)
      .yields(
        booked(command),
        refused(command, 'no score'),
        draftTurn('agent-observer', { turn: 2, repair: 'no score' }),
      )
  })

  test('is repaired anew in each round', () => {
    const again = refuseDraft('planner', 'no JSON', { round: 2 })
    const events = after(
      create(),
      refuseDraft('planner', 'no JSON'),
      propose({ turn: 2, plan: planOf({ a: [] }) }),
      judge('agent-observer', { verdict: 'revise', score: 0.5 }),
      judge('plan-observer', { verdict: 'revise', score: 0.5 }),
    )
    return given(...events)
      .when(again)
      .yields(
        booked(again),
        refused(again, 'no JSON'),
        draftTurn('planner', { round: 2, turn: 2, repair: 'no JSON' }),
      )
  })
})

describe('a call that fails', () => {
  test('ends the task with what went wrong', () => {
    const command = failDraft('planner', 'no_provider')
    return given(...after(create()))
      .when(command)
      .yields(booked(command), taskFailed('The Planner could not be asked: it was no_provider'))
  })

  test('for want of money pauses the task; going on asks the same question again', () => {
    const command = failDraft('plan-observer', 'budget')
    given(...after(create(), propose()))
      .when(command)
      .yields(booked(command), pausedForMoney(), moneyAsked({ spentNanoUsd: nanoUsd(1_000) }))
    given(...after(create(), propose(), command))
      .when(resume())
      .yields(fact('TaskResumed', {}), moneyWithdrawn(), draftTurn('plan-observer', { turn: 2 }))
  })

  test('for want of money in a repair is asked again with the problem it repairs', () =>
    given(
      ...after(
        create(),
        refuseDraft('planner', 'no JSON'),
        failDraft('planner', 'budget', { turn: 2 }),
      ),
    )
      .when(resume())
      .yields(
        fact('TaskResumed', {}),
        moneyWithdrawn(),
        draftTurn('planner', { turn: 3, repair: 'no JSON' }),
      ))
})

describe('a paused drafting', () => {
  test('takes the plan but has it judged only when it goes on', () => {
    given(...after(create(), pause()))
      .when(propose())
      .yields(booked(propose()), proposed(1))
    given(...after(create(), pause(), propose()))
      .when(resume())
      .yields(fact('TaskResumed', {}), draftTurn('agent-observer'), draftTurn('plan-observer'))
  })

  test('takes the verdicts but starts nothing', () => {
    const held = after(create(), propose(), pause(), judge('agent-observer'))
    given(...held)
      .when(judge('plan-observer'))
      .yields(booked(judge('plan-observer')), judged('plan-observer'))
    given(...after(create(), propose(), pause(), judge('agent-observer'), judge('plan-observer')))
      .when(resume())
      .yields(fact('TaskResumed', {}), converged(1, 'approved'), taskStarted(), started('a'))
  })

  test('repairs nothing until it goes on', () => {
    const command = refuseDraft('planner', 'no JSON')
    given(...after(create(), pause()))
      .when(command)
      .yields(booked(command), refused(command, 'no JSON'))
    given(...after(create(), pause(), command))
      .when(resume())
      .yields(fact('TaskResumed', {}), draftTurn('planner', { turn: 2, repair: 'no JSON' }))
  })
})

test('every answer of the drafting counts once, however often it comes', () => {
  const commands = [
    create(),
    refuseDraft('planner', 'no JSON'),
    propose({ turn: 2, plan: planOf({ a: [] }) }),
    failDraft('plan-observer', 'budget'),
    judge('agent-observer'),
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
