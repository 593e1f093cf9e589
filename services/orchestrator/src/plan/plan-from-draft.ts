import { agentIdOf, type StepId, stepIdOf, type TaskId } from '@maestro/contracts/ids'
import type { AgentDraft, PlanDraft, StepDraft } from '@maestro/contracts/task/plan-draft'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import type { StepMode, StepModeDraft } from '@maestro/contracts/task/step-mode'
import type { StepCaps, StepCapsDraft } from '@maestro/contracts/task/step-caps'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import { resultOf } from '@maestro/task-model/plan/result-of'
import type { ProposedPlan } from '@maestro/task-model/task-command'

const text = (content: string) => payloadOf('orchestrator', content, 'text/markdown')

const capsOf = ({ costUsd, ...caps }: StepCapsDraft): StepCaps => ({
  ...caps,
  ...(costUsd !== undefined && { costNanoUsd: nanoUsdFromText(costUsd) }),
})

const modeOf = (taskId: TaskId, mode: StepModeDraft): StepMode =>
  mode.kind === 'collaborative'
    ? {
        kind: mode.kind,
        agentIds: mode.agents.map((name) => agentIdOf(taskId, name)),
        roundsMax: mode.roundsMax,
      }
    : mode

/** Puts a text away and says where it is. */
export type Put = (payload: Payload) => PayloadRef

export const agentFromDraft = (taskId: TaskId, agent: AgentDraft, put: Put): PlanAgent => ({
  agentId: agentIdOf(taskId, agent.name),
  name: agent.name,
  prompt: put(text(agent.prompt)),
  description: put(text(agent.description)),
  tools: agent.tools,
  suggestions: agent.suggestions.map((suggestion) => put(text(suggestion))),
  ...(agent.strategy !== undefined && { strategy: agent.strategy }),
  ...(agent.parallelMax !== undefined && { parallelMax: agent.parallelMax }),
})

export const stepFromDraft = (taskId: TaskId, step: StepDraft, put: Put): PlanStep => ({
  stepId: stepIdOf(step.name),
  title: step.title,
  agentId: agentIdOf(taskId, step.agent),
  instruction: put(text(step.instruction)),
  needs: step.needs.map(stepIdOf),
  inputs: step.inputs,
  promise: step.promise,
  retriesMax: step.retriesMax,
  ...(step.onIncomplete !== undefined && { onIncomplete: step.onIncomplete }),
  ...(step.caps !== undefined && { caps: capsOf(step.caps) }),
  ...(step.mode !== undefined && { mode: modeOf(taskId, step.mode) }),
  ...(step.when !== undefined && { when: step.when }),
  ...(step.onFailure !== undefined && { onFailure: step.onFailure }),
  ...(step.forEach !== undefined && { forEach: step.forEach }),
  ...(step.repeat !== undefined && { repeat: step.repeat }),
  ...(step.gate !== undefined && { gate: step.gate }),
  ...(step.strategy !== undefined && { strategy: step.strategy }),
  ...(step.subPlan !== undefined && {
    subPlan: {
      steps: step.subPlan.steps.map((one) => stepFromDraft(taskId, one, put)),
      resultStepId: resultStepIdOf(step.subPlan),
    },
  }),
})

const resultStepIdOf = (plan: Parameters<typeof resultOf>[0]): StepId => {
  const result = resultOf(plan)
  if (result === null) throw new Error('a checked plan names its result')
  return stepIdOf(result)
}

/** Gives ids to a checked draft and puts its texts away: events carry references. */
export const planFromDraft = (
  taskId: TaskId,
  draft: PlanDraft,
  rationale: string,
): { plan: ProposedPlan; payloads: readonly Payload[] } => {
  const payloads: Payload[] = []
  const put: Put = (payload) => {
    payloads.push(payload)
    return payload.ref
  }
  const agents = draft.agents.map((agent) => agentFromDraft(taskId, agent, put))
  const steps = draft.steps.map((step) => stepFromDraft(taskId, step, put))
  const document = put(payloadOf('orchestrator', JSON.stringify(draft), 'application/json'))
  return {
    plan: {
      document,
      hash: document.sha256,
      rationale,
      agents,
      steps,
      resultStepId: resultStepIdOf(draft),
    },
    payloads,
  }
}
