import { type AgentId, roleOf } from '../ids.ts'
import { heldStepsMax, stepsOfTaskMax } from '../task/expansion.ts'
import type { PlanAgent } from '../task/plan-agent.ts'
import type { StepDraft } from '../task/plan-draft.ts'
import type { PlanStep } from '../task/plan-step.ts'
import type { PlannedPiece, PlannedWork } from './estimate-endpoints.ts'

type Several = Pick<StepDraft, 'forEach' | 'repeat'>

/** How often a step may run at most: once for each item, and for each of those again and again. */
export const timesMaxOf = ({ forEach, repeat }: Several): number =>
  Math.min((forEach?.itemsMax ?? 1) * (repeat?.timesMax ?? 1), stepsOfTaskMax)

/** Nobody knows how long a list will be: bounds are set for the worst of them. */
const itemsExpected = 10
/** A first round, and one that mends what it left. */
const roundsExpected = 2

const timesExpectedOf = ({ forEach, repeat }: Several): number =>
  Math.min(forEach?.itemsMax ?? 1, itemsExpected) * Math.min(repeat?.timesMax ?? 1, roundsExpected)

/** What the price of a step depends on. Agents are named. */
type PricedStep = Several &
  Pick<StepDraft, 'agent' | 'retriesMax' | 'when' | 'caps'> & {
    mode?: { kind: string; agents?: readonly string[] } | undefined
    subPlan?: { steps: readonly PricedStep[] } | undefined
  }

/** A step of a plan, with the work that it holds. */
export const plannedStepOf = (
  step: PlannedWork['steps'][number]['step'],
  priced: PricedStep,
): PlannedWork['steps'][number] => ({
  step,
  ...pieceOf(priced),
  ...(priced.subPlan !== undefined && { holds: heldBy(priced.subPlan).slice(0, heldStepsMax) }),
})

const pieceOf = ({
  agent,
  retriesMax,
  mode,
  when,
  caps,
  ...several
}: PricedStep): PlannedPiece => ({
  agent,
  retriesMax,
  timesMax: timesMaxOf(several),
  timesExpected: timesExpectedOf(several),
  ...(caps?.turnsMax !== undefined && { turnsMax: caps.turnsMax }),
  ...(when !== undefined && { isConditional: true }),
  ...(mode?.kind === 'self-refinement' && { isRefined: true }),
  ...(mode?.kind === 'collaborative' && { reviewers: [...(mode.agents ?? [])] }),
})

/** Whoever holds others does nothing but them, as often as it runs. */
const heldBy = ({ steps }: { steps: readonly PricedStep[] }): PlannedPiece[] =>
  steps.flatMap((step) => {
    const own = pieceOf(step)
    if (step.subPlan === undefined) return [own]
    return heldBy(step.subPlan).map((piece) => ({
      ...piece,
      timesMax: times(own.timesMax, piece.timesMax),
      timesExpected: times(own.timesExpected, piece.timesExpected),
      ...((own.isConditional ?? piece.isConditional) && { isConditional: true as const }),
    }))
  })

const times = (one = 1, other = 1): number => Math.min(one * other, stepsOfTaskMax)

/** What of a version of a plan its price depends on. */
export const plannedWorkOf = ({
  agents,
  steps,
}: {
  readonly agents: readonly Pick<PlanAgent, 'agentId' | 'name' | 'strategy'>[]
  readonly steps: readonly PlanStep[]
}): PlannedWork => {
  const nameOf = new Map(agents.map(({ agentId, name }) => [agentId, name]))
  const named = (agentId: AgentId) => nameOf.get(agentId) ?? roleOf(agentId)
  return {
    agents: agents.map(({ name, strategy }) => ({ name, strategy })),
    steps: steps.map((step) => plannedStepOf(step.stepId, pricedOf(step, named))),
  }
}

const pricedOf = (
  { agentId, retriesMax, when, caps, forEach, repeat, mode, subPlan }: PlanStep,
  named: (agentId: AgentId) => string,
): PricedStep => ({
  agent: named(agentId),
  retriesMax,
  when,
  caps,
  forEach,
  repeat,
  mode:
    mode?.kind === 'collaborative' ? { kind: mode.kind, agents: mode.agentIds.map(named) } : mode,
  subPlan: subPlan && { steps: subPlan.steps.map((held) => pricedOf(held, named)) },
})
