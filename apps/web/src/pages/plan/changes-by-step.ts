import type { AgentId, StepId } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { type PartChange, planDiff } from '@maestro/task-model/plan/plan-diff'
import type { PlanParts } from '@maestro/task-model/plan/plan-part'
import type { Change } from '../../graph/to-graph.ts'

export type FieldChange = {
  readonly name: string
  readonly before: unknown
  readonly after: unknown
}

/** All that a version changed about one step, its agent with it. */
export type StepChanges = {
  readonly key: string
  /** Null: an agent that no step has. */
  readonly stepId: StepId | null
  readonly kind: Change
  readonly name: string
  readonly fields: readonly FieldChange[]
  readonly agent: {
    readonly name: string
    readonly fields: readonly FieldChange[]
    /** Where what changed of this agent is told already. */
    readonly toldAt: string | null
  } | null
}

type AgentChange = PartChange<PlanAgent>

/** What a version changed in another one, step by step in the order of the plan; an agent's changes stand with its first step. */
export const changesByStep = (before: PlanParts, after: PlanParts): readonly StepChanges[] => {
  const { steps, agents } = planDiff(before, after)
  const words = wordsOf(before, after)
  const stepChanges = new Map(steps.map((change) => [change.part.stepId, change]))
  const agentChanges = new Map(agents.map((change) => [change.part.agentId, change]))
  const told = new Map<AgentId, string>()
  const groupOf = (step: PlanStep): readonly StepChanges[] => {
    const change = stepChanges.get(step.stepId)
    const agentChange = agentChanges.get(step.agentId)
    const agent = agentChange?.kind === 'changed' ? agentChange : undefined
    if (change === undefined && agent === undefined) return []
    const toldAt = told.get(step.agentId) ?? null
    if (agent !== undefined) told.set(step.agentId, toldAt ?? step.title)
    return [
      {
        key: step.stepId,
        stepId: step.stepId,
        kind: change?.kind ?? 'changed',
        name: step.title,
        fields: change === undefined ? [] : fieldsOf(change, words),
        agent: agent
          ? { name: agent.part.name, fields: toldAt === null ? agentFields(agent) : [], toldAt }
          : null,
      },
    ]
  }
  const removed = steps.flatMap(({ kind, part }) => (kind === 'removed' ? [part] : []))
  const groups = [...after.steps, ...removed].flatMap(groupOf)
  const others = agents.filter(({ kind, part }) => kind !== 'changed' || !told.has(part.agentId))
  return [
    ...groups,
    ...others.map((change) => ({
      key: change.part.agentId,
      stepId: null,
      kind: change.kind,
      name: `Agent ${change.part.name}`,
      fields: agentFields(change),
      agent: null,
    })),
  ]
}

const valueOf = (part: object, field: string): unknown => new Map(Object.entries(part)).get(field)

const fieldsOf = (
  change: PartChange<PlanStep>,
  inWords: (field: string, value: unknown) => unknown,
): readonly FieldChange[] =>
  change.kind !== 'changed'
    ? []
    : change.fields.map((field) => ({
        name: field === 'agentId' ? 'agent' : field,
        before: inWords(field, valueOf(change.before, field)),
        after: inWords(field, valueOf(change.part, field)),
      }))

/** Ids of steps and agents as people know them. */
const wordsOf = (before: PlanParts, after: PlanParts) => {
  const names = new Map<unknown, string>()
  for (const { steps, agents } of [before, after]) {
    for (const { stepId, title } of steps) names.set(stepId, title)
    for (const { agentId, name } of agents) names.set(agentId, name)
  }
  return (field: string, value: unknown): unknown => {
    if (field === 'agentId') return names.get(value) ?? value
    if (field !== 'needs' || !Array.isArray(value)) return value
    return value.map((id) => names.get(id) ?? id)
  }
}

const letters: Readonly<Record<string, string>> = {
  prompt: 'P Prompt',
  description: 'D Description',
  tools: 'T Tools',
}

const agentFields = (change: AgentChange): readonly FieldChange[] =>
  change.kind !== 'changed'
    ? []
    : change.fields.flatMap((field): readonly FieldChange[] =>
        field === 'suggestions'
          ? suggestionFields(change.before, change.part)
          : [
              {
                name: letters[field] ?? field,
                before: valueOf(change.before, field),
                after: valueOf(change.part, field),
              },
            ],
      )

/** One by one: each is a text of its own. */
const suggestionFields = (before: PlanAgent, after: PlanAgent): readonly FieldChange[] => {
  const count = Math.max(before.suggestions.length, after.suggestions.length)
  return Array.from({ length: count }, (_, index) => ({
    name: `S Suggestion ${index + 1}`,
    before: before.suggestions[index],
    after: after.suggestions[index],
  })).filter((one) => one.before?.sha256 !== one.after?.sha256)
}
