import { expect, test } from 'vitest'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { fold } from '../fold.ts'
import {
  after,
  create,
  draftRound,
  guide,
  judge,
  lock,
  pause,
  propose,
  resume,
  take,
} from '../testing/task-command-fixtures.ts'
import {
  booked,
  converged,
  draftingStarted,
  draftTurn,
  fact,
  refused,
  started,
  taskStarted,
} from '../testing/task-fact-fixtures.ts'
import { optionsWith, planOf, refOf } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const finding = { severity: 'major' as const, target: 'step:a', text: 'too vague' }

test('what a person says leads to another round, although both observers approve', () => {
  const events = after(create(), propose(), guide('in euros'), ...draftRound(1, 'approve', 0.9))
  expect(events.at(-1)).toMatchObject(draftingStarted(2))
  expect(fold(events)).toMatchObject({
    drafting: { said: [{ guidance: refOf('in euros'), round: 1 }], sinceRound: 2 },
  })
})

test('a version from before the guidance is not chosen, however well it was judged', () => {
  const events = after(
    create({ options: optionsWith({ drafting: { roundsMax: 2 } }) }),
    ...draftRound(1, 'approve', 0.95).slice(0, 2),
    guide('in euros'),
    judge('plan-observer'),
    ...draftRound(2, 'revise', 0.4),
  )
  expect(fold(events)).toMatchObject({ planVersion: 2 })
})

test('a person takes a judged version: it runs, and nobody is asked again', () =>
  given(
    ...after(
      create({ options: optionsWith({ autonomy: 'approve-plan' }) }),
      ...draftRound(1, 'revise', 0.4),
    ),
  )
    .when(take(1))
    .yields(converged(1, 'person'), taskStarted(), started('a')))

test('a version that was taken in a pause runs when the task goes on', () =>
  given(...after(create(), ...draftRound(1, 'revise', 0.4), pause(), take(1)))
    .when(resume())
    .yields(fact('TaskResumed', {}), taskStarted(), started('a')))

test('a version that nobody judged cannot be taken', () =>
  given(...after(create(), propose(), judge('agent-observer')))
    .when(take(1))
    .rejects('VERSION_NOT_JUDGED'))

test('what runs is not drafted any more', () => {
  const running = after(create(), ...draftRound(1, 'approve', 0.9))
  given(...running)
    .when(guide('shorter'))
    .rejects('TASK_NOT_DRAFTING')
  given(...running)
    .when(take(1))
    .rejects('TASK_NOT_DRAFTING')
})

test('a version that changes a locked part goes back to the Planner, and no observer is asked', () => {
  const steps = planOf({ a: { needs: [], retriesMax: 3 }, b: ['a'] }, { hash: 'hash-2' })
  const changed = propose({ round: 2, plan: steps })
  const problem = 'step:a is locked by a person, and its retriesMax changed'
  return given(...after(create(), ...draftRound(1, 'revise', 0.4), lock('step:a')))
    .when(changed)
    .yields(
      booked(changed),
      refused(changed, problem),
      draftTurn('planner', { round: 2, turn: 2, repair: problem }),
    )
})

test('a part is let go again, and one that is not there cannot be locked', () => {
  const steps = planOf({ c: [] }, { hash: 'hash-2' })
  const first = [create(), ...draftRound(1, 'revise', 0.4), lock('step:a')]
  const events = after(...first, lock('step:a', false), propose({ round: 2, plan: steps }))
  expect(fold(events)).toMatchObject({ versions: [{ version: 1 }, { version: 2 }] })
  given(...after(...first))
    .when(lock('step:ghost'))
    .rejects('NOT_FOUND')
  given(...after(...first))
    .when(lock('step:a'))
    .yields()
})

test('a weighty finding without a reply is asked about once, and then recorded as not answered', () => {
  const found = after(
    create(),
    propose(),
    judge('plan-observer', { verdict: 'revise', score: 0.5, findings: [finding] }),
    judge('agent-observer'),
  )
  const silent = propose({ round: 2 })
  const problem = 'finding v1-plan-observer-1 has no reply: say whether it is addressed, and why'
  given(...found)
    .when(silent)
    .yields(
      booked(silent),
      refused(silent, problem),
      draftTurn('planner', { round: 2, turn: 2, repair: problem }),
    )
  const events = after(
    create(),
    propose(),
    judge('plan-observer', { verdict: 'revise', score: 0.5, findings: [finding] }),
    judge('agent-observer'),
    silent,
    propose({ round: 2, turn: 2 }),
  )
  expect(fold(events)).toMatchObject({
    versions: [
      {},
      { replies: [{ findingId: 'v1-plan-observer-1', addressed: false, isUnanswered: true }] },
    ],
  })
})

test('a finding about a part that is not there is one about the plan, and says what it named', () => {
  const ghost = { ...finding, target: 'step:ghost' }
  const events = after(create(), propose(), judge('plan-observer', { findings: [ghost, finding] }))
  expect(fold(events)).toMatchObject({
    versions: [
      {
        verdicts: {
          'plan-observer': {
            findings: [
              { target: 'plan', text: '(step:ghost) too vague' },
              { target: 'step:a', text: 'too vague' },
            ],
          },
        },
      },
    ],
  })
})

test('no round is begun that the drafting has no money for: the best judged version is taken', () => {
  const options = (nano: number) => optionsWith({ drafting: { costNanoUsd: nanoUsd(nano) } })
  const round = draftRound(1, 'revise', 0.4)
  // Each call costs 1,000.
  expect(after(create({ options: options(3_000) }), ...round).at(-3)).toMatchObject(
    converged(1, 'cost-cap'),
  )
  const second = after(create({ options: options(4_000) }), ...round, propose({ round: 2 }))
  expect(second.at(-3)).toMatchObject(converged(1, 'cost-cap'))
  expect(fold(second)).toMatchObject({ planVersion: 1, status: 'running' })
})

test('the first version is judged whatever it costs: nothing unjudged ever runs', () => {
  const options = optionsWith({ drafting: { costNanoUsd: nanoUsd(1) } })
  expect(after(create({ options }), propose()).slice(-2)).toMatchObject([
    draftTurn('agent-observer'),
    draftTurn('plan-observer'),
  ])
})
