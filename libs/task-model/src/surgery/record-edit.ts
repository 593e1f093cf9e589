import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { TaskEventData } from '@maestro/contracts/task/task-events'
import { hashOfPlan } from '../approval/digest-of.ts'
import { planDiff } from '../plan/plan-diff.ts'
import type { Recorder } from '../recorder.ts'
import { agentIdOfEdit, type PlanEdit, stepIdOfEdit } from './plan-edit.ts'
import type { PlanShape } from './plan-shape.ts'
import { refuseEdit } from './refuse-edit.ts'

/** An event holds 64 KiB of data (I7). */
const eventBytesMax = 56 * 1024
/** Each version of the plan stands in the state for as long as the task, step by step. */
const stepsOfVersionsMax = 20_000
const versionsMax = 200

const encoder = new TextEncoder()

/** The plan as its next version; nothing when it says the same. @throws {AppError} `PLAN_EDIT_REFUSED` when it is too much. */
export const recordEdit = (
  before: PlanShape,
  after: PlanShape,
  {
    edits,
    ...said
  }: {
    edits: readonly PlanEdit[]
    document: PayloadRef
    reason: string
    restores?: number
  },
  { task, record }: Recorder,
): void => {
  const { versions, planVersion } = task()
  const diff = planDiff(before, after)
  const isSame = diff.steps.length === 0 && diff.agents.length === 0
  if (isSame && before.resultStepId === after.resultStepId) return
  const kept = versions.reduce((sum, { steps }) => sum + steps.length, after.steps.length)
  if (versions.length >= versionsMax || kept > stepsOfVersionsMax)
    refuseEdit({
      rule: 'too-much',
      reason: `the plan was changed ${versions.length} times, and no more versions are kept`,
      allowed: ['skipStep', 'modifyAgent', 'giveGuidance'],
    })
  const put = diff.steps.filter(({ kind }) => kind !== 'removed')
  const added = put.filter(({ kind }) => kind === 'added')
  const data: TaskEventData<'PlanEdited'> = {
    version: Math.max(...versions.map(({ version }) => version)) + 1,
    baseVersion: planVersion ?? 1,
    hash: hashOfPlan(after),
    ...said,
    edits: edits.map((edit) => {
      const [stepId, agentId] = [stepIdOfEdit(edit), agentIdOfEdit(edit)]
      return { kind: edit.kind, ...(stepId && { stepId }), ...(agentId && { agentId }) }
    }),
    agents: diff.agents.flatMap(({ kind, part }) => (kind === 'removed' ? [] : [part])),
    steps: put.map(({ part }) => part),
    removed: diff.steps.flatMap(({ kind, part }) => (kind === 'removed' ? [part.stepId] : [])),
    places: added.map(({ part: { stepId } }) => {
      const at = after.steps.findIndex((step) => step.stepId === stepId)
      return { stepId, after: after.steps[at - 1]?.stepId ?? null }
    }),
    resultStepId: after.resultStepId,
  }
  if (encoder.encode(JSON.stringify(data)).length > eventBytesMax)
    refuseEdit({
      rule: 'too-much',
      reason: 'so many changes do not fit into one event',
      allowed: ['fewer edits at a time'],
    })
  record({ type: 'PlanEdited', data })
}
