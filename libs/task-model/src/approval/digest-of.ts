import type { AgentId } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { AgentQuestion } from '@maestro/contracts/task/agent-question'
import type { AgentParts, PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep, SubPlan } from '@maestro/contracts/task/plan-step'
import type { BornTask, Step } from '../task.ts'
import { subPlanOf } from '../expansion/sub-plan-of.ts'
import { sha256Of } from './sha256-of.ts'

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

/** JSON with the keys of each object in order: one text for one value. */
export const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`
}

/** Of a plan that was made by edits: one hash for one content, in whatever order its parts were put in. */
export const hashOfPlan = ({
  agents,
  steps,
  resultStepId,
}: {
  agents: readonly PlanAgent[]
  steps: readonly PlanStep[]
  resultStepId: string
}): string =>
  sha256Of(
    canonical({
      agents: Object.fromEntries(agents.map((agent) => [agent.agentId, asJson(agent)])),
      steps: Object.fromEntries(steps.map((step) => [step.stepId, asJson(step)])),
      result: resultStepId,
    }),
  )

const asJson = (part: object): Json => JSON.parse(JSON.stringify(part)) as Json

/** Texts stand for themselves by their own SHA-256. */
export const digestOfPlan = (hash: string): string =>
  sha256Of(canonical({ kind: 'plan', plan: hash }))

export const digestOfTool = (tool: string, args: PayloadRef): string =>
  sha256Of(canonical({ kind: 'tool', tool, arguments: args.sha256 }))

/** P, D, T and S, each text by its SHA-256. */
export const wordsOf = ({ prompt, description, tools, suggestions }: AgentParts) => ({
  prompt: prompt.sha256,
  description: description.sha256,
  tools,
  suggestions: suggestions.map(({ sha256 }) => sha256),
})

export const isSameAgent = (one: AgentParts, other: AgentParts): boolean =>
  canonical(wordsOf(one)) === canonical(wordsOf(other))

/** Of one agent in one version, what it is and what it would be. */
export const digestOfAgentChange = (
  { agentId, version, before }: Pick<AgentQuestion, 'agentId' | 'version' | 'before'>,
  after: AgentParts,
): string =>
  sha256Of(
    canonical({
      kind: 'agent',
      agent: agentId,
      version,
      before: wordsOf(before),
      after: wordsOf(after),
    }),
  )

/** What a step is told and given: by whom, with which tools, on which inputs and outputs, and who else takes part in it. */
export const digestOfStep = (step: Step, task: BornTask): string => {
  const { agents, steps, inputs } = task
  const agent = agents[step.agentId]
  const others = othersOf(step, task)
  const contents = inputs.filter(({ name }) => step.inputs.includes(name))
  return sha256Of(
    canonical({
      kind: 'step',
      step: step.stepId,
      agent: step.agentId,
      prompt: agent?.prompt.sha256 ?? null,
      suggestions: agent?.suggestions.map(({ sha256 }) => sha256) ?? [],
      tools: agent?.tools ?? [],
      instruction: step.instruction.sha256,
      inputs: contents.map(({ name, content }) => ({ name, sha256: content.sha256 })),
      needs: step.needs.map((need) => ({ need, output: steps[need]?.output?.sha256 ?? null })),
      ...(others.length > 0 && { others: others.flatMap((id) => withId(id, agents[id])) }),
    }),
  )
}

/** Who judges its output, and who does the steps of the plan that it holds. */
const othersOf = (step: Step, task: BornTask): readonly AgentId[] => {
  const held = subPlanOf(task, step)?.steps ?? []
  const reviewers = step.mode?.kind === 'collaborative' ? step.mode.agentIds : []
  return [...new Set([...reviewers, ...agentsOf(held)])]
    .filter((id) => id !== step.agentId)
    .toSorted()
}

const agentsOf = (held: SubPlan['steps']): readonly AgentId[] =>
  held.flatMap(({ agentId, subPlan }) => [agentId, ...agentsOf(subPlan?.steps ?? [])])

const withId = (agentId: AgentId, agent: PlanAgent | undefined) =>
  agent === undefined ? [] : [{ agent: agentId, prompt: agent.prompt.sha256, tools: agent.tools }]
