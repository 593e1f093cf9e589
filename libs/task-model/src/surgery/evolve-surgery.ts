import { planStepIdOf, type StepId } from '@maestro/contracts/ids'
import { PlanStep } from '@maestro/contracts/task/plan-step'
import { diffOf } from '../plan/plan-diff.ts'
import type { EventOf } from '../event-of.ts'
import { isUnbegun } from '../execution/readiness-of.ts'
import { unstarted } from '../execution/unstarted.ts'
import type { BornTask, PlanVersion, Step } from '../task.ts'

/** The plan is another version: what it changed is changed in the steps that wait, and nowhere else. */
export const evolveSurgery = (task: BornTask, event: EventOf<'PlanEdited'>): BornTask => {
  const { version, agents, resultStepId, removed } = event.data
  const base = task.versions.find((one) => one.version === event.data.baseVersion)
  if (base === undefined) return task
  const edited = versionOf(base, event, task.drafting.round)
  const steps = { ...task.steps }
  for (const stepId of removed) delete steps[stepId]
  const before = new Map(base.steps.map((step) => [step.stepId, step]))
  for (const step of event.data.steps) {
    const present = steps[step.stepId]
    steps[step.stepId] = present
      ? changed(present, step, { before: before.get(step.stepId), version })
      : unstarted(step)
  }
  return {
    ...withAgents(task, agents),
    versions: [...task.versions, edited],
    planVersion: version,
    resultStepId,
    steps,
    order: orderOf(edited, task),
  }
}

const versionOf = (
  base: PlanVersion,
  { at, data }: EventOf<'PlanEdited'>,
  round: number,
): PlanVersion => {
  const put = new Map(data.steps.map((step) => [step.stepId, step]))
  const gone = new Set<StepId>(data.removed)
  let steps = base.steps
    .filter(({ stepId }) => !gone.has(stepId))
    .map((step) => put.get(step.stepId) ?? step)
  for (const { stepId, after } of data.places) {
    const step = put.get(stepId)
    const place = after === null ? 0 : steps.findIndex((other) => other.stepId === after) + 1
    if (step !== undefined) steps = steps.toSpliced(place, 0, step)
  }
  const agents = new Map(
    [...base.agents, ...data.agents].map((agent) => [agent.agentId, agent] as const),
  )
  return {
    version: data.version,
    hash: data.hash,
    author: 'person',
    round,
    document: data.document,
    rationale: data.reason,
    agents: [...agents.values()],
    steps,
    resultStepId: data.resultStepId,
    complete: true,
    proposedAt: at,
    verdicts: { 'agent-observer': null, 'plan-observer': null },
    replies: [],
    editOf: data.baseVersion,
    ...(data.restores !== undefined && { restores: data.restores }),
  }
}

const planKeys: ReadonlySet<string> = new Set(Object.keys(PlanStep.shape))

/** What was asked and approved about it, it was about another one: both are void. */
const changed = (
  present: Step,
  step: PlanStep,
  { before, version }: { before: PlanStep | undefined; version: number },
): Step => {
  const own = Object.fromEntries(
    Object.entries(present).filter(([key]) => !planKeys.has(key)),
  ) as Omit<Step, keyof PlanStep>
  // Whom a person wants after a failure stays, unless the edit is about that.
  const isOtherModel =
    diffOf({ strategy: before?.strategy }, { strategy: step.strategy }).length > 0
  const strategy = isOtherModel ? step.strategy : present.strategy
  const { strategy: _plan, ...plan } = step
  const { condition: _condition, approvedDigest: _approved, ...rest } = own
  return {
    ...rest,
    ...plan,
    ...(strategy !== undefined && { strategy }),
    ...(isUnbegun(present) && { status: 'not-ready' as const, queuedAt: null }),
    approved: false,
    editedIn: version,
  }
}

/** Attempts that run keep the version of their agent. */
const withAgents = (task: BornTask, agents: PlanVersion['agents']): BornTask => {
  let next = task
  for (const agent of agents) {
    const before = next.agents[agent.agentId]
    const earlier = next.earlierAgents?.[agent.agentId] ?? []
    next = {
      ...next,
      agents: { ...next.agents, [agent.agentId]: agent },
      ...(before !== undefined && {
        earlierAgents: { ...next.earlierAgents, [agent.agentId]: [...earlier, before] },
      }),
    }
  }
  return next
}

/** As the plan lists them, each with what it has become behind it. */
const orderOf = ({ steps }: PlanVersion, { order }: BornTask): readonly StepId[] => {
  const families = Map.groupBy(order, planStepIdOf)
  return steps.flatMap(({ stepId }) => [
    stepId,
    ...(families.get(stepId) ?? []).filter((id) => id !== stepId),
  ])
}
