import { agentIdOf, stepIdOf } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { PlanEdit } from '@maestro/task-model/surgery/plan-edit'
import type { BornTask, Step } from '@maestro/task-model/task'
import { editsFor, type StepWish } from '../step-edits.ts'

/** A text that is only typed so far: the rules look at none. */
const typed: PayloadRef = {
  service: 'orchestrator',
  sha256: '0'.repeat(64),
  bytes: 0,
  mediaType: 'text/markdown',
  preview: '',
}

/** What is wished of a step as the rules of plans read it, before anything is sent. */
export const planEditsOf = (wish: StepWish, step: Step, task: BornTask): readonly PlanEdit[] =>
  editsFor(wish, step, task).flatMap((draft): readonly PlanEdit[] => {
    switch (draft.kind) {
      case 'insert-step': {
        const { name, title, agent, needs, inputs, promise, retriesMax } = draft.step
        const added = { title, inputs, promise, retriesMax, instruction: typed }
        const agentId = agentIdOf(task.taskId, agent)
        const place = { stepId: stepIdOf(name), agentId, needs: needs.map(stepIdOf) }
        return [{ kind: draft.kind, step: { ...added, ...place } }]
      }
      case 'remove-step':
        return [{ kind: draft.kind, stepId: stepIdOf(draft.step), reconnect: draft.reconnect }]
      case 'rewire': {
        const needs = draft.needs?.map(stepIdOf) ?? []
        return [{ kind: draft.kind, stepId: stepIdOf(draft.step), needs }]
      }
      case 'reassign': {
        const agentId = agentIdOf(task.taskId, draft.agent)
        return [{ kind: draft.kind, stepId: stepIdOf(draft.step), agentId }]
      }
      case 'change-model':
        return [{ kind: draft.kind, stepId: stepIdOf(draft.step), strategy: draft.strategy }]
      case 'set-gate':
        return [{ kind: draft.kind, stepId: stepIdOf(draft.step), gate: draft.gate }]
      case 'instruct':
        return [{ kind: draft.kind, stepId: stepIdOf(draft.step), instruction: typed }]
      case 'set-result':
        return [{ kind: draft.kind, stepId: stepIdOf(draft.step) }]
      default:
        // Nobody wishes the other kinds of one step.
        return []
    }
  })
