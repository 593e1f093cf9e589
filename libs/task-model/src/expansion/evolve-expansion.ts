import {
  heldStepIdOf,
  itemStepIdOf,
  nameOfStep,
  roundStepIdOf,
  type StepId,
} from '@maestro/contracts/ids'
import { PlanStep } from '@maestro/contracts/task/plan-step'
import type { EventOf } from '../event-of.ts'
import { unstarted } from '../execution/unstarted.ts'
import { withStep } from '../execution/with-step.ts'
import type { BornTask, Step } from '../task.ts'
import type { Expansion, PartOf } from './expansion.ts'
import { runOf } from './run-of.ts'
import { subPlanOf } from './sub-plan-of.ts'

type ExpansionEvent = EventOf<
  | 'ListAsked'
  | 'ListExpanded'
  | 'RoundStarted'
  | 'WhileAsked'
  | 'WhileEvaluated'
  | 'OutputsAsked'
  | 'OutputsCollected'
  | 'SubPlanStarted'
>

const none: Expansion = { phase: 'steps', stepIds: [] }

/** How a step becomes several, and these one again. */
export const evolveExpansion = (task: BornTask, event: ExpansionEvent): BornTask => {
  const { stepId } = event.data
  const step = task.steps[stepId]
  if (!step) return task
  switch (event.type) {
    case 'ListAsked':
      return begun(task, step, { ...none, phase: 'list' }, event)
    case 'ListExpanded': {
      const { items, part, parts } = event.data
      const known = step.expansion ?? none
      const steps = items.map((item, index) => {
        const number = known.stepIds.length + index + 1
        const id = itemStepIdOf(stepId, number, runOf(step))
        return partOf(step, id, `item ${number}`, { parentId: stepId, number, item })
      })
      const listed = withParts(task, step, steps)
      return part < parts ? listed : withExpansion(listed, stepId, { phase: 'steps' })
    }
    case 'RoundStarted': {
      const { round } = event.data
      const previousId = step.expansion?.stepIds.at(-1)
      const id = roundStepIdOf(stepId, round, event.data.attempt ?? runOf(step))
      const place = { parentId: stepId, number: round, ...(previousId && { previousId }) }
      const running = begun(task, step, { ...(step.expansion ?? none), phase: 'steps' }, event)
      return withParts(running, step, [partOf(step, id, `round ${round}`, place)])
    }
    case 'WhileAsked':
      return withExpansion(task, stepId, { phase: 'while' })
    case 'WhileEvaluated': {
      const { holds, round } = event.data
      const isLast = round >= (step.repeat?.timesMax ?? 1)
      return withExpansion(task, stepId, {
        phase: holds && !isLast ? 'again' : 'ended',
        ...(holds && isLast && { isBounded: true }),
      })
    }
    case 'OutputsAsked':
      return withExpansion(task, stepId, { phase: 'outputs' })
    case 'SubPlanStarted': {
      const running = begun(task, step, none, event)
      return withParts(running, step, heldSteps(running, step, event.data.attempt))
    }
    case 'OutputsCollected':
      return withExpansion(task, stepId, { phase: 'ended' })
    default:
      event satisfies never
      return task
  }
}

/** It works in the steps that it becomes, and has no turns of its own. */
const begun = (
  task: BornTask,
  { stepId }: Step,
  expansion: Expansion,
  { at, data: { attempt } }: EventOf<'ListAsked' | 'RoundStarted' | 'SubPlanStarted'>,
): BornTask =>
  withStep(task, stepId, (step) => ({
    status: 'running',
    startedAt: step.startedAt ?? at,
    expansion,
    ...(attempt !== undefined && { attempt }),
  }))

const withExpansion = (task: BornTask, stepId: StepId, change: Partial<Expansion>): BornTask =>
  withStep(task, stepId, ({ expansion = none }) => ({ expansion: { ...expansion, ...change } }))

const planKeys: ReadonlySet<string> = new Set(Object.keys(PlanStep.shape))

/** What the plan says of the step, but for what made it several; its condition held for all of them. */
const partOf = (step: Step, stepId: StepId, word: string, place: PartOf): Step => {
  const {
    when: _,
    forEach: __,
    repeat,
    // Items and rounds hold what their step holds: `subPlanOf` finds it there, and a thousand need no copy.
    subPlan: ___,
    ...plan
  } = Object.fromEntries(Object.entries(step).filter(([key]) => planKeys.has(key))) as PlanStep
  return {
    ...unstarted({ ...plan, stepId, title: `${step.title}, ${word}` }),
    // An item of a list is repeated by itself; a round is not.
    ...(place.item !== undefined && repeat !== undefined && { repeat }),
    approved: step.approved,
    partOf: place,
    // What an item becomes works on it as well, unless it is the item of a list inside.
    ...(place.item === undefined &&
      step.partOf?.item !== undefined && { partOf: { ...place, item: step.partOf.item } }),
    ...(step.strategy !== undefined && { strategy: step.strategy }),
  }
}

/** The steps of the plan that the step holds. They need each other, and what the step needs. */
const heldSteps = (task: BornTask, step: Step, attempt: number): readonly Step[] => {
  const { stepId, needs, partOf: place, strategy } = step
  const held = subPlanOf(task, step)?.steps ?? []
  const ids = new Map([
    ...needs.map((need): [string, StepId] => [nameOfStep(need), need]),
    ...held.map((one): [string, StepId] => {
      const name = nameOfStep(one.stepId)
      return [name, heldStepIdOf(stepId, name, attempt)]
    }),
  ])
  return held.map(({ subPlan: _held, ...one }, index) => ({
    ...unstarted({
      ...one,
      stepId: heldStepIdOf(stepId, nameOfStep(one.stepId), attempt),
      needs: one.needs.flatMap((need) => ids.get(nameOfStep(need)) ?? []),
      title: `${step.title}: ${one.title}`,
    }),
    partOf: {
      parentId: stepId,
      number: index + 1,
      isHeld: true as const,
      ...(place?.item !== undefined && { item: place.item }),
      ...(place?.previousId !== undefined && { previousId: place.previousId }),
    },
    // What a person chose for the step holds for all that it holds.
    ...(strategy !== undefined && { strategy }),
  }))
}

/** They stand behind the step that became them, and behind those that it became before. */
const withParts = (task: BornTask, { stepId }: Step, parts: readonly Step[]): BornTask => {
  const ids = parts.map((part) => part.stepId)
  const before = task.steps[stepId]?.expansion?.stepIds ?? []
  const place = task.order.indexOf(before.at(-1) ?? stepId) + 1
  const changed = withExpansion(task, stepId, { stepIds: [...before, ...ids] })
  return {
    ...changed,
    steps: { ...changed.steps, ...Object.fromEntries(parts.map((part) => [part.stepId, part])) },
    order: [...task.order.slice(0, place), ...ids, ...task.order.slice(place)],
  }
}
