import { agentIdOf, stepIdOf, type TaskId } from '@maestro/contracts/ids'
import type { StepDraft } from '@maestro/contracts/task/plan-draft'
import type { PlanEditDraft } from '@maestro/contracts/task/plan-edit'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import { resultOf } from '@maestro/task-model/plan/result-of'
import type { EditsAsWritten, PlanEdit } from '@maestro/task-model/surgery/plan-edit'
import { refuseEdit } from '@maestro/task-model/surgery/refuse-edit'
import type { Tool } from '../tools/tool.ts'
import { agentFromDraft, type Put, stepFromDraft } from './plan-from-draft.ts'

/**
 * Gives ids to edits and puts their texts away. Whether they may be is for the rules, but for what cannot be
 * written with ids. @throws {AppError} `PLAN_EDIT_REFUSED`.
 */
export const editsFromDrafts = (
  taskId: TaskId,
  drafts: readonly PlanEditDraft[],
  tools: readonly Pick<Tool, 'name'>[],
): { written: EditsAsWritten; payloads: readonly Payload[] } => {
  const payloads: Payload[] = []
  const put: Put = (payload) => {
    payloads.push(payload)
    return payload.ref
  }
  const edits = drafts.map((draft, index) => {
    if (draft.kind === 'insert-step') mustNameResults(draft.step, index)
    return editFromDraft(taskId, draft, put)
  })
  const document = put(payloadOf('orchestrator', JSON.stringify(drafts), 'application/json'))
  return { written: { edits, document, tools: tools.map(({ name }) => name) }, payloads }
}

/** A plan in a step says whose output is its own, at each depth. */
const mustNameResults = ({ name, subPlan }: StepDraft, edit: number): void => {
  if (subPlan === undefined) return
  if (resultOf(subPlan) === null)
    refuseEdit({
      edit,
      stepId: stepIdOf(name),
      rule: 'breaks-plan',
      reason: `the plan in "${name}" has several steps that no other needs: which of them delivers is not said`,
      allowed: ['name its result'],
    })
  for (const step of subPlan.steps) mustNameResults(step, edit)
}

const editFromDraft = (taskId: TaskId, draft: PlanEditDraft, put: Put): PlanEdit => {
  switch (draft.kind) {
    case 'insert-step':
      return { kind: draft.kind, step: stepFromDraft(taskId, draft.step, put) }
    case 'add-agent':
      return { kind: draft.kind, agent: agentFromDraft(taskId, draft.agent, put) }
    case 'retool':
      return { kind: draft.kind, agentId: agentIdOf(taskId, draft.agent), tools: draft.tools }
    case 'remove-step':
      return { kind: draft.kind, stepId: stepIdOf(draft.step), reconnect: draft.reconnect }
    case 'rewire': {
      const { kind, step, needs, inputs, when } = draft
      return {
        kind,
        stepId: stepIdOf(step),
        ...(needs !== undefined && { needs: needs.map(stepIdOf) }),
        ...(inputs !== undefined && { inputs }),
        ...(when !== undefined && { when }),
      }
    }
    case 'reassign': {
      const agentId = agentIdOf(taskId, draft.agent)
      return { kind: draft.kind, stepId: stepIdOf(draft.step), agentId }
    }
    case 'change-model':
      return { kind: draft.kind, stepId: stepIdOf(draft.step), strategy: draft.strategy }
    case 'set-gate':
      return { kind: draft.kind, stepId: stepIdOf(draft.step), gate: draft.gate }
    case 'instruct': {
      const instruction = put(payloadOf('orchestrator', draft.instruction, 'text/markdown'))
      return { kind: draft.kind, stepId: stepIdOf(draft.step), instruction }
    }
    case 'promise':
      return { kind: draft.kind, stepId: stepIdOf(draft.step), promise: draft.promise }
    case 'set-result':
      return { kind: draft.kind, stepId: stepIdOf(draft.step) }
    default:
      return draft satisfies never
  }
}
