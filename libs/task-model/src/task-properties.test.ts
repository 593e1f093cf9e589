import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { agentIdOf } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { StepMode } from '@maestro/contracts/task/step-mode'
import { OnFailure, OnIncomplete } from '@maestro/contracts/task/plan-draft'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Choose } from './testing/effect-answers.ts'
import { effectsOf } from './effects-of.ts'
import { fold } from './fold.ts'
import { memoriesMax } from './judge/task-memory.ts'
import { asksMax, proposalsMax, retriesMax, revisionsMax } from './observer/observation.ts'
import { hasEnded } from './execution/readiness-of.ts'
import { create } from './testing/task-command-fixtures.ts'
import { critic, optionsWith, planOf, taskId, worker } from './testing/task-fixtures.ts'
import { foldOutlines, outlined } from './testing/fold-outlines.ts'
import { atWork, createSimulation, liveToTheEnd } from './testing/task-simulation.ts'
import type { BornTask, CallRecord, Step, Task } from './task.ts'
import type { ProposedPlan } from './task-command.ts'

// A hundred lives take half a second on an idle machine; a busy one may take its time.
vi.setConfig({ testTimeout: 60_000 })

const anyCaps = fc.record(
  {
    turnsMax: fc.integer({ min: 1, max: 8 }),
    tokensMax: fc.integer({ min: 1, max: 200 }),
    costNanoUsd: fc.integer({ min: 1, max: 5_000 }).map(nanoUsd),
    durationMs: fc.integer({ min: 1_000, max: 30_000 }),
  },
  { requiredKeys: [] },
)

const rounds = fc.integer({ min: 1, max: 3 })
const anyMode: fc.Arbitrary<StepMode> = fc.oneof(
  fc.record({ kind: fc.constant('self-refinement' as const), roundsMax: rounds }),
  fc.record({
    kind: fc.constant('collaborative' as const),
    agentIds: fc
      .constantFrom([critic], [critic, worker], [agentIdOf(taskId, 'editor'), critic])
      .map((ids) => [...ids]),
    roundsMax: rounds,
  }),
)

/** Plans that steps hold: one step, two with a condition, one with a list, a plan in a plan. */
const forEach = { list: '[]', parallelMax: 2, itemsMax: 4 }
const subPlans = [
  { one: [] },
  { one: { retriesMax: 1 }, two: { needs: ['one'], when: 'true' }, three: ['one', 'two'] },
  { one: { forEach, onFailure: 'go-on' as const }, two: ['one'] },
  { one: { repeat: { while: 'true', timesMax: 2 }, subPlan: { in: [], out: ['in'] } } },
]

const anySteps = fc.array(
  fc.record({
    needs: fc.array(fc.nat(7), { maxLength: 3 }),
    from: fc.constantFrom('answer' as const, 'answer' as const, 'tool' as const),
    retriesMax: fc.nat(2),
    onIncomplete: fc.constantFrom(undefined, ...OnIncomplete.options),
    onFailure: fc.constantFrom(undefined, ...OnFailure.options),
    caps: fc.option(anyCaps, { nil: undefined }),
    mode: fc.option(anyMode, { nil: undefined }),
    when: fc.constantFrom(undefined, undefined, 'true'),
    forEach: fc.constantFrom(
      undefined,
      undefined,
      { list: '[]', parallelMax: 2, itemsMax: 3 },
      { list: '[]', parallelMax: 1, itemsMax: 9 },
    ),
    repeat: fc.constantFrom(undefined, undefined, { while: 'true', timesMax: 2 }),
    subPlan: fc.constantFrom(undefined, undefined, undefined, ...subPlans),
    place: fc.nat(100),
  }),
  { minLength: 1, maxLength: 8 },
)

/** Any graph of up to eight steps: each needs some of those that were drawn before it, and the plan lists them in any order. */
const anyPlan: fc.Arbitrary<ProposedPlan> = fc
  .tuple(anySteps, fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }))
  .map(([drawn, parallelMax]) => {
    const steps = drawn.map(({ needs, place, ...drawnStep }, index) => {
      const earlier = index === 0 ? [] : [...new Set(needs.map((need) => `s${need % index}`))]
      return { name: `s${index}`, place, step: { ...drawnStep, needs: earlier } }
    })
    steps.sort((one, other) => one.place - other.place)
    return planOf(Object.fromEntries(steps.map(({ name, step }) => [name, step])), { parallelMax })
  })

const anyJudge = fc.record(
  {
    callsMax: fc.integer({ min: 1, max: 30 }),
    costNanoUsd: fc.integer({ min: 1, max: 20_000 }).map(nanoUsd),
    turnsBetween: fc.integer({ min: 1, max: 3 }),
    agentChanges: fc.constantFrom('ask' as const, 'apply' as const),
  },
  { requiredKeys: ['callsMax', 'costNanoUsd', 'turnsBetween'] },
)

const anyOptions = fc
  .record({
    autonomy: fc.constantFrom('auto' as const, 'approve-plan' as const, 'approve-steps' as const),
    limits: fc.record({
      stepsParallelMax: fc.integer({ min: 1, max: 4 }),
      turnsMax: fc.integer({ min: 1, max: 9 }),
    }),
    drafting: fc.record({ roundsMax: fc.integer({ min: 1, max: 4 }) }),
    judge: fc.option(anyJudge, { nil: undefined }),
  })
  .map(({ judge, ...options }) =>
    optionsWith({ ...options, ...(judge !== undefined && { judge }) }),
  )

const anyLife = fc.record({
  plan: anyPlan,
  given: fc.boolean(),
  options: anyOptions,
  choices: fc.array(fc.nat(1_000_000), { maxLength: 400, size: 'max' }),
})
type Life = typeof anyLife extends fc.Arbitrary<infer Value> ? Value : never

const chooseFrom = (choices: readonly number[]): Choose => {
  let used = 0
  return (below) => {
    const choice = choices[used] ?? 0
    used += 1
    return below <= 0 ? 0 : choice % below
  }
}

type Watch = (event: TaskEvent, before: Task, after: BornTask) => void

const live = ({ plan, given, options, choices }: Life, watch: Watch = () => {}) => {
  const birth = create({ plan: given ? plan : null, options })
  const simulation = createSimulation(birth, watch)
  const withPlan = { ...simulation, nextPlan: () => plan }
  return { simulation, sent: liveToTheEnd(withPlan, chooseFrom(choices)) }
}

/** `hold` is asserted of every life that can be drawn. */
const always = (hold: (life: Life) => void) =>
  fc.assert(fc.property(anyLife, hold), { numRuns: 100 })

const callsOf = (task: BornTask): readonly CallRecord[] => [
  ...task.drafting.calls,
  ...Object.values<Step>(task.steps).flatMap(({ calls }) => calls),
]

describe('whatever models, tools, people and clocks do, in whatever order', () => {
  test('every task comes to an end, and then nothing is left to be done', () =>
    always((life) => {
      const { simulation } = live(life)
      expect(['succeeded', 'failed', 'cancelled']).toContain(simulation.task().status)
      const left = [...simulation.open.values()].filter(({ kind }) => kind !== 'cancel-calls')
      expect(left).toEqual([])
      expect(callsOf(simulation.task()).filter(({ status }) => status === 'running')).toEqual([])
    }))

  test('events are numbered densely from 1', () =>
    always((life) => {
      const { events } = live(life).simulation
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    }))

  test('the state is the fold of the events, also over a detour through JSON at any point', () =>
    always((life) => {
      const { events, task } = live(life).simulation
      expect(fold(events)).toEqual(task())
      expect(JSON.parse(JSON.stringify(task()))).toEqual(task())
      const half = Math.floor(events.length / 2)
      const [before, rest] = [events.slice(0, half), events.slice(half)]
      const stored: Task = JSON.parse(JSON.stringify(fold(before)))
      const read: TaskEvent[] = JSON.parse(JSON.stringify(rest))
      expect(JSON.stringify(fold(read, stored))).toBe(JSON.stringify(task()))
    }))

  test('an outline folds on to the outline of the whole state, from wherever it was taken', () =>
    always((life) => {
      const { events } = live(life).simulation
      for (const every of [1, 3, 10]) {
        const upTo = events.slice(0, events.length - (life.choices.length % every))
        expect(outlined(foldOutlines(upTo, every))).toEqual(outlined(fold(upTo)))
      }
    }))

  test('a step starts only when all it needs has ended and its condition holds, and never beside more than the task and its agent allow', () =>
    always((life) => {
      live(life, (event, before, after) => {
        expect(atWork(after).length).toBeLessThanOrEqual(life.options.limits.stepsParallelMax)
        for (const { agentId, parallelMax = 64 } of Object.values<PlanAgent>(after.agents)) {
          const own = atWork(after).filter((step) => step.agentId === agentId)
          expect(own.length).toBeLessThanOrEqual(parallelMax)
        }
        if (event.type !== 'StepStarted' || before.status === 'unborn') return
        const step = before.steps[event.data.stepId]
        const needed = (step?.needs ?? []).flatMap((need) => before.steps[need] ?? [])
        expect(needed.filter((need) => !hasEnded(need))).toEqual([])
        expect(needed.length === 0 || needed.some(({ status }) => status !== 'skipped')).toBe(true)
        if (step?.when !== undefined) expect(step.condition).toBe('holds')
      })
    }))

  test('an attempt is finished once and begun once, each after those before it, and in a task that succeeds all have come to their end', () =>
    always((life) => {
      const { events, task } = live(life).simulation
      const finished = events.flatMap((event) =>
        event.type === 'StepFinished' ? [event.data.stepId] : [],
      )
      const attempts = events.flatMap((event) =>
        event.type === 'StepFinished' ? [`${event.data.stepId} ${event.data.attempt}`] : [],
      )
      expect(new Set(attempts).size).toBe(attempts.length)
      const begun = new Map<string, number>()
      for (const event of events) {
        if (event.type !== 'StepStarted') continue
        const { stepId, attempt } = event.data
        expect(attempt).toBe((begun.get(stepId) ?? 0) + 1)
        begun.set(stepId, attempt)
      }
      const { status, steps, resultStepId } = task()
      if (status !== 'succeeded' || resultStepId === null) return
      expect(Object.values<Step>(steps).filter((step) => !hasEnded(step))).toEqual([])
      expect(finished).toContain(resultStepId)
    }))

  test('a plan edit leaves what has begun as it is, loses no step with work behind it, and makes no circle and no missing need', () => {
    let edits = 0
    always((life) => {
      live(life, (event, before, after) => {
        if (event.type !== 'PlanEdited' || before.status === 'unborn') return
        edits += 1
        for (const step of Object.values<Step>(before.steps)) {
          const { phase, attempt, calls, expansion, partOf } = step
          const now = after.steps[step.stepId]
          if (attempt > 0 || calls.length > 0) expect(now?.calls).toEqual(calls)
          const isPart = expansion !== undefined || partOf !== undefined
          if (phase !== null || isPart || hasEnded(step)) expect(now).toEqual(step)
        }
        // What a step had become before it began anew may still wait for an answer.
        const listed = Object.values<Step>(after.steps).filter(
          ({ partOf, skipReason }) => !partOf || skipReason !== 'its step began anew',
        )
        expect(after.order.toSorted()).toEqual(listed.map(({ stepId }) => stepId).toSorted())
        const open = new Set<string>(after.order)
        for (let left = -1; left !== open.size;) {
          left = open.size
          for (const stepId of after.order) {
            const { needs = [] } = after.steps[stepId] ?? {}
            expect(needs.filter((need) => !Object.hasOwn(after.steps, need))).toEqual([])
            if (!needs.some((need) => open.has(need))) open.delete(stepId)
          }
        }
        expect([...open]).toEqual([])
      })
    })
    expect(edits).toBeGreaterThan(20)
  })

  test('after the end only calls are booked and bookmarks set', () =>
    always((life) => {
      live(life, (event, before) => {
        if (before.status === 'unborn' || before.stage !== 'ended') return
        expect([
          'CallFinished',
          'CallFailed',
          'CallLost',
          'BookmarkSet',
          'BookmarkRemoved',
        ]).toContain(event.type)
      })
    }))

  test('no model call is asked for twice, and every one is booked once', () =>
    always((life) => {
      const { askedCallIds, events, task } = live(life).simulation
      expect(new Set(askedCallIds).size).toBe(askedCallIds.length)
      const booked = events.flatMap((event) =>
        event.type === 'CallFinished' || event.type === 'CallFailed' ? [event.data] : [],
      )
      expect(booked.map(({ callId }) => callId).toSorted()).toEqual(askedCallIds.toSorted())
      const sum = booked.reduce((total, { facts }) => total + facts.costNanoUsd, 0)
      expect(task().totals.costNanoUsd).toBe(sum)
    }))

  test('no drafted version holds that both observers have not judged, and then nobody of the drafting is waited for', () =>
    always((life) => {
      live(life, (event, _before, after) => {
        if (event.type !== 'PlanConverged' || event.data.reason === 'given') return
        const held = after.versions.find(({ version }) => version === event.data.version)
        expect(Object.values(held?.verdicts ?? { none: null })).not.toContain(null)
        const running = after.drafting.calls.filter(({ status }) => status === 'running')
        const cancelled = effectsOf(event, after).flatMap((effect) =>
          effect.kind === 'cancel-calls' ? effect.callIds : [],
        )
        expect(cancelled).toEqual(running.map(({ callId }) => callId))
      })
    }))

  test('whoever watches is watched: the observer and the judge keep to their bounds, and memory to its own', () =>
    always((life) => {
      const { events, task } = live(life).simulation
      const asked = events.filter(({ type }) => type === 'JudgementAsked')
      expect(asked.length).toBeLessThanOrEqual(life.options.judge?.callsMax ?? 0)
      expect(events.filter(({ type }) => type === 'JudgeStopped').length).toBeLessThanOrEqual(1)
      const acts = new Map<string, Record<string, number>>()
      for (const { type, data } of events) {
        // What a person begins anew is watched anew.
        if (type === 'StepReset') acts.delete(data.stepId)
        if (type !== 'ObserverNoted') continue
        const counts = acts.get(data.stepId) ?? {}
        acts.set(data.stepId, { ...counts, [data.act]: (counts[data.act] ?? 0) + 1 })
        const {
          revise = 0,
          'retry-elsewhere': elsewhere = 0,
          ...others
        } = acts.get(data.stepId) ?? {}
        expect(revise).toBeLessThanOrEqual(revisionsMax)
        expect(elsewhere).toBeLessThanOrEqual(retriesMax)
        expect(others['ask-person'] ?? 0).toBeLessThanOrEqual(asksMax)
        expect(others['propose-change'] ?? 0).toBeLessThanOrEqual(proposalsMax)
      }
      expect(task().memories?.length ?? 0).toBeLessThanOrEqual(memoriesMax)
    }))

  test('open effects are what the state waits for, at every moment', () =>
    always((life) => {
      const birth = create({ plan: life.given ? life.plan : null, options: life.options })
      const simulation = createSimulation(birth)
      const { open, task } = simulation
      const matches = () => {
        const ids = (kind: string) =>
          [...open.values()].filter((effect) => effect.kind === kind).map(({ id }) => id)
        const running = callsOf(task()).filter(({ status }) => status === 'running')
        expect(ids('call').toSorted()).toEqual(
          running.map(({ callId }) => `call:${callId}`).toSorted(),
        )
        const tools = Object.values<Step>(task().steps)
          .filter(({ phase }) => phase !== null)
          .flatMap(({ turns }) => turns.at(-1)?.toolUses ?? [])
          .filter(({ status }) => status === 'running')
        expect(ids('tool')).toHaveLength(tools.length)
        const looked = Object.values<Step>(task().steps).filter(
          ({ condition }) => condition === 'asked',
        )
        if (task().stage !== 'ended') expect(ids('condition')).toHaveLength(looked.length)
        const waiting = Object.values<Step>(task().steps).filter(({ phase }) => phase === 'backoff')
        if (task().stage !== 'ended') expect(ids('start-retry')).toHaveLength(waiting.length)
        const asked = Object.values(task().approvals).filter(({ status }) => status === 'open')
        expect(ids('expire-approval')).toHaveLength(asked.length)
      }
      matches()
      const send: typeof simulation.send = (command) => {
        const events = simulation.send(command)
        matches()
        return events
      }
      liveToTheEnd({ ...simulation, nextPlan: () => life.plan, send }, chooseFrom(life.choices))
    }))

  test('time that is up is noticed: a task that works has a timer set for when its time ends', () =>
    always((life) => {
      const birth = create({ plan: life.given ? life.plan : null, options: life.options })
      const simulation = createSimulation(birth)
      const { open, task } = simulation
      const send: typeof simulation.send = (command) => {
        const events = simulation.send(command)
        const { createdAt, waitedMs, waitingSince, options, stage } = task()
        if (stage !== 'ended' && waitingSince === null) {
          const endsAt = Date.parse(createdAt) + options.limits.durationMs + waitedMs
          expect(open.get('check-duration')?.dueAt).toBe(new Date(endsAt).toISOString())
        }
        return events
      }
      liveToTheEnd({ ...simulation, nextPlan: () => life.plan, send }, chooseFrom(life.choices))
    }))

  test('an answer that is heard again at the end changes nothing', () =>
    always((life) => {
      const { simulation, sent } = live(life)
      const answers = sent.filter(({ type }) =>
        /^(ProposePlan|JudgePlan|FinishTurn|TakeIncomplete|JudgeOutput|JudgeResult|RefuseAnswer|FailCall|AnswerTool|RefuseTool)$/.test(
          type,
        ),
      )
      for (const answer of answers) expect(simulation.send(answer)).toEqual([])
    }))

  test('the same events lead to the same state, whoever folds them', () =>
    always((life) => {
      expect(live(life).simulation.events).toEqual(live(life).simulation.events)
    }))
})
