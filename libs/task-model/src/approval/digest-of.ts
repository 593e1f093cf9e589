import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { BornTask, Step } from '../task.ts'
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

/** What a step is told and given: by whom, with which tools, on which inputs and outputs. */
export const digestOfStep = (step: Step, { agents, steps, inputs }: BornTask): string => {
  const agent = agents[step.agentId]
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
    }),
  )
}
