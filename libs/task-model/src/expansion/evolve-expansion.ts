import { itemStepIdOf, roundStepIdOf, type StepId } from '@maestro/contracts/ids'
import { PlanStep } from '@maestro/contracts/task/plan-step'
import type { EventOf } from '../event-of.ts'
import { unstarted } from '../execution/unstarted.ts'
import { withStep } from '../execution/with-step.ts'
import type { BornTask, Step } from '../task.ts'
import type { Expansion, PartOf } from './expansion.ts'

type ExpansionEvent = EventOf<
  | 'ListAsked'
  | 'ListExpanded'
  | 'RoundStarted'
  | 'WhileAsked'
  | 'WhileEvaluated'
  | 'OutputsAsked'
  | 'OutputsCollected'
>

const none: Expansion = { phase: 'steps', stepIds: [] }

/** How a step becomes several, and these one again. */
export const evolveExpansion = (task: BornTask, event: ExpansionEvent): BornTask => {
  const { stepId } = event.data
  const step = task.steps[stepId]
  if (!step) return task
  switch (event.type) {
    case 'ListAsked':
      return begun(task, step, { ...none, phase: 'list' }, event.at)
    case 'ListExpanded': {
      const { items, part, parts } = event.data
      const known = step.expansion ?? none
      const steps = items.map((item, index) => {
        const number = known.stepIds.length + index + 1
        const id = itemStepIdOf(stepId, number)
        return partOf(step, id, `item ${number}`, { parentId: stepId, number, item })
      })
      const listed = withParts(task, step, steps)
      return part < parts ? listed : withExpansion(listed, stepId, { phase: 'steps' })
    }
    case 'RoundStarted': {
      const { round } = event.data
      const previousId = step.expansion?.stepIds.at(-1)
      const id = roundStepIdOf(stepId, round)
      const place = { parentId: stepId, number: round, ...(previousId && { previousId }) }
      const running = begun(task, step, { ...(step.expansion ?? none), phase: 'steps' }, event.at)
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
    case 'OutputsCollected':
      return withExpansion(task, stepId, { phase: 'ended' })
    default:
      event satisfies never
      return task
  }
}

/** It works in the steps that it becomes, and has no turns of its own. */
const begun = (task: BornTask, { stepId }: Step, expansion: Expansion, at: string): BornTask =>
  withStep(task, stepId, (step) => ({
    status: 'running',
    startedAt: step.startedAt ?? at,
    expansion,
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
    ...plan
  } = Object.fromEntries(Object.entries(step).filter(([key]) => planKeys.has(key))) as PlanStep
  return {
    ...unstarted({ ...plan, stepId, title: `${step.title}, ${word}` }),
    // An item of a list is repeated by itself; a round is not.
    ...(place.item !== undefined && repeat !== undefined && { repeat }),
    approved: step.approved,
    partOf: place,
    ...(step.partOf?.item !== undefined && { partOf: { ...place, item: step.partOf.item } }),
    ...(step.strategy !== undefined && { strategy: step.strategy }),
  }
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
