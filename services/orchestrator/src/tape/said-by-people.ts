import { PlanDraft } from '@maestro/contracts/task/plan-draft'
import { PlanEditDrafts } from '@maestro/contracts/task/plan-edit'
import type { TaskEvent, TaskEventData } from '@maestro/contracts/task/task-events'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { EditsAsWritten } from '@maestro/task-model/surgery/plan-edit'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { titleOf } from '@maestro/task-model/title-of'
import type { z } from 'zod'
import { guidanceSaid } from '../answer/guidance-said.ts'
import { editsFromDrafts } from '../plan/edits-from-drafts.ts'
import { planFromDraft } from '../plan/plan-from-draft.ts'
import type { Script, TapeState, TapeWorld } from './tape-world.ts'

/**
 * What a person can have said that these events came of, the likeliest first. Their words are taken from the
 * events and from the documents that these name; what follows from them is not.
 */
export const saidByPeople = async (
  script: Script,
  state: TapeState,
  world: TapeWorld,
): Promise<readonly TaskCommand[]> => {
  const { task } = state
  const [first, next, ...more] = script
  const by = { at: first.at, actor: first.actor }
  switch (first.type) {
    case 'TaskCreated':
      return [await creation(script, first.data, world)]
    case 'TaskPaused':
      return [{ ...by, type: 'PauseTask' }]
    case 'TaskResumed':
      return [{ ...by, type: 'ResumeTask' }]
    case 'TaskStepped':
      return [{ ...by, type: 'StepTask', stepId: first.data.stepId }]
    case 'TaskCancelled':
      return [{ ...by, type: 'CancelTask', reason: first.data.reason }]
    case 'StepSkipped':
      return [{ ...by, type: 'SkipStep', ...first.data }]
    case 'ApprovalDecided':
      return [{ ...by, ...decisionIn(first.data) }]
    case 'PlanEdited':
      if (task.status !== 'unborn' && task.stage === 'approval') {
        const edits = await editsIn(first, world)
        return script
          .flatMap((event) => (event.type === 'ApprovalDecided' ? [event.data] : []))
          .map((decided) => ({ ...by, ...decisionIn(decided), edits }))
      }
      return [{ ...by, ...(await editing(first, world)) }]
    case 'GuidanceGiven': {
      const { stepId, text } = first.data
      return [
        ...retries(script, text).map((command) => ({ ...by, ...command })),
        { ...by, type: 'GiveGuidance', stepId, text },
      ]
    }
    // What is asked about a step that begins anew is withdrawn before it does.
    case 'ApprovalWithdrawn':
      return next === undefined ? [] : saidByPeople([next, ...more], state, world)
    case 'StepReset':
      if (first.data.because === 'retry') {
        return retries(script, null).map((command) => ({ ...by, ...command }))
      }
      return resetsIn(script).map(({ stepId, reason }) => ({
        ...by,
        type: 'RerunFrom',
        stepId,
        reason,
        seen: null,
      }))
    case 'AgentModified': {
      const { agent, version, when, reason } = first.data
      const { agentId, prompt, description, tools, suggestions } = agent
      const changes = { prompt, description, tools, suggestions }
      const seen = version - 1
      return [{ ...by, type: 'ModifyAgent', agentId, version: seen, changes, when, reason }]
    }
    case 'BreakpointSet':
    case 'BreakpointCleared': {
      const isSet = first.type === 'BreakpointSet'
      return [{ ...by, type: 'SetBreakpoint', stepId: first.data.stepId, isSet }]
    }
    case 'DraftGuidanceGiven':
      return [{ ...by, type: 'GuideDrafting', guidance: first.data.guidance }]
    case 'PlanPartLocked': {
      const { part, isLocked } = first.data
      return [{ ...by, type: 'LockPart', part, isLocked }]
    }
    case 'PlanConverged':
      return [{ ...by, type: 'TakeVersion', version: first.data.version }]
    case 'BookmarkSet':
      return [{ ...by, type: 'SetBookmark', ...first.data }]
    case 'BookmarkRemoved':
      return [{ ...by, type: 'RemoveBookmark', ...first.data }]
    case 'TaskImported': {
      const { head: _head, stoppedAt: _stoppedAt, ...file } = first.data
      return [{ ...by, type: 'ImportTask', ...file }]
    }
    default:
      return []
  }
}

const creation = async (
  script: Script,
  { goal, inputs, options, planGiven }: TaskEventData<'TaskCreated'>,
  world: TapeWorld,
): Promise<TaskCommand> => {
  const [{ taskId, at, actor }] = script
  const proposed = script.find((event) => event.type === 'PlanProposed')
  const plan =
    planGiven && proposed?.type === 'PlanProposed'
      ? planFromDraft(taskId, await written(PlanDraft, proposed.data.document, world), '').plan
      : null
  const title = titleOf(await world.payloads.readText(goal))
  return { at, actor, type: 'CreateTask', taskId, title, goal, inputs, options, plan }
}

const decisionIn = (data: TaskEventData<'ApprovalDecided'>) => {
  const { approvalId, decision, reason, strategy, arguments: changed, budget, agent } = data
  return {
    type: 'DecideApproval' as const,
    approvalId,
    decision,
    reason,
    guidance: guidanceSaid(decision, reason)?.ref ?? null,
    ...(strategy !== undefined && { strategy }),
    ...(changed !== undefined && { arguments: changed }),
    ...(budget !== undefined && { budget }),
    ...(agent !== undefined && { agent }),
  }
}

type PlanEdited = Extract<TaskEvent, { type: 'PlanEdited' }>

const editing = async ({ data, ...event }: PlanEdited, world: TapeWorld) => {
  const { baseVersion, reason, document, restores } = data
  if (restores !== undefined) {
    return { type: 'UndoPlanEdit' as const, baseVersion, restore: restores, reason, document }
  }
  const edits = await editsIn({ data, ...event }, world)
  return { type: 'EditPlan' as const, baseVersion, reason, ...edits }
}

const editsIn = async (
  { taskId, data: { document } }: PlanEdited,
  world: TapeWorld,
): Promise<EditsAsWritten> => {
  const drafts = await written(PlanEditDrafts, document, world)
  return editsFromDrafts(taskId, drafts, world.registry.specs()).written
}

/** A document as it was written: checked, and not filled up with what is usual now. */
const written = async <Schema extends z.ZodType>(
  schema: Schema,
  ref: PayloadRef,
  { payloads }: TapeWorld,
): Promise<z.infer<Schema>> => {
  const value: unknown = JSON.parse(await payloads.readText(ref))
  schema.parse(value)
  return value as z.infer<Schema>
}

const resetsIn = (script: Script) =>
  script.flatMap((event) => (event.type === 'StepReset' ? [event.data] : []))

/** Whatever a step had become is reset before it: the last one is the likeliest to have been meant. */
const retries = (script: Script, guidance: PayloadRef | null) =>
  resetsIn(script)
    .filter(({ because }) => because === 'retry')
    .toReversed()
    .map(({ stepId, reason, strategy }) => ({
      type: 'RetryStep' as const,
      stepId,
      reason,
      guidance,
      ...(strategy !== undefined && { strategy }),
    }))
