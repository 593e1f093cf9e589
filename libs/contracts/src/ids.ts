import { z } from 'zod'

// Ids carry their kind and are NATS subject tokens at the same time: lower case, digits, `_` and `-`.

export const TaskId = z
  .string()
  .regex(/^task_[0-9a-z]{1,40}$/, 'a task id looks like task_01j…')
  .brand<'TaskId'>()
export type TaskId = z.infer<typeof TaskId>

/** Names that people and models give to agents and steps inside one plan. */
export const PlanName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name is 1 to 40 characters: a-z, 0-9 and -, a letter first')
export type PlanName = z.infer<typeof PlanName>

/**
 * A step that another one became has the id of that one with its place behind it: `i` and its item, `r`
 * and its round, or `p-` and its name in that one's plan. Before the place stands which run of that step
 * it belongs to, from the second run on.
 */
export const StepId = z
  .string()
  .regex(
    /^step_[a-z][a-z0-9-]{0,39}(_[0-9]{0,4}([ir][0-9]{1,4}|p-[a-z][a-z0-9-]{0,39})){0,8}$/,
    'a step id looks like step_<name> or step_<name>_i<item>_r<round>_p-<name>',
  )
  .brand<'StepId'>()
export type StepId = z.infer<typeof StepId>

export const AgentId = z
  .string()
  .regex(/^agt_[0-9a-z]{1,40}_[a-z][a-z0-9-]{0,39}$/, 'an agent id looks like agt_<task>_<name>')
  .brand<'AgentId'>()
export type AgentId = z.infer<typeof AgentId>

export const ApprovalId = z
  .string()
  .regex(/^apr_[0-9a-z]{1,40}_[a-z0-9_-]{1,240}$/, 'an approval id looks like apr_<task>_<what>')
  .brand<'ApprovalId'>()
export type ApprovalId = z.infer<typeof ApprovalId>

/** Derived from task, purpose, attempt and turn, so that a successor asks for the same call (I5). */
export const CallId = z
  .string()
  .regex(/^call_[0-9a-z]{1,40}_[a-z0-9_-]{1,240}$/, 'a call id looks like call_<task>_<what>')
  .brand<'CallId'>()
export type CallId = z.infer<typeof CallId>

/** Who owns a task and pays for its calls: the id of the actor that created it. */
export const UserId = z.string().min(1).max(120).brand<'UserId'>()
export type UserId = z.infer<typeof UserId>

export const ToolCallId = z.string().min(1).max(200).brand<'ToolCallId'>()
export type ToolCallId = z.infer<typeof ToolCallId>

/** Whoever creates a task owns it, be it a person, a key or a service. */
export const userIdOf = (actor: { id: string }) => actor.id as UserId

const suffixOf = (taskId: TaskId) => taskId.slice('task_'.length)

export const stepIdOf = (name: PlanName) => `step_${name}` as StepId
/** What a step becomes in its first run says nothing of it; in later ones it has other ids, and so have its calls (I5). */
const partIdOf = (stepId: StepId, attempt: number, place: string) =>
  `${stepId}_${attempt > 1 ? attempt : ''}${place}` as StepId
/** Of the step that runs for one item of a list, counted from 1. */
export const itemStepIdOf = (stepId: StepId, item: number, attempt: number) =>
  partIdOf(stepId, attempt, `i${item}`)
export const roundStepIdOf = (stepId: StepId, round: number, attempt: number) =>
  partIdOf(stepId, attempt, `r${round}`)
/** Of a step of the plan that a step holds. */
export const heldStepIdOf = (stepId: StepId, name: string, attempt: number) =>
  partIdOf(stepId, attempt, `p-${name}`)
/** The step of the task's plan that it is, or that became it. */
export const planStepIdOf = (stepId: StepId) => stepId.split('_', 2).join('_') as StepId
/** The name that its plan gives to the step, whichever of its items and rounds this is. */
export const nameOfStep = (stepId: StepId) => {
  const held = stepId.split('_').findLast((part) => /^[0-9]*p-/.test(part))
  return held === undefined ? (stepId.split('_')[1] ?? '') : held.slice(held.indexOf('-') + 1)
}
export const agentIdOf = (taskId: TaskId, name: PlanName) =>
  `agt_${suffixOf(taskId)}_${name}` as AgentId
/** The name of an agent in its plan: the same role in task after task. */
export const roleOf = (agentId: AgentId) => agentId.split('_').slice(2).join('_')
export const approvalIdOf = (taskId: TaskId, what: string) =>
  `apr_${suffixOf(taskId)}_${what}` as ApprovalId
export const taskIdOfApproval = (approvalId: ApprovalId) =>
  `task_${approvalId.split('_')[1] ?? ''}` as TaskId
export const taskIdOfCall = (callId: CallId) => `task_${callId.split('_')[1] ?? ''}` as TaskId
export const stepCallIdOf = (taskId: TaskId, stepId: StepId, attempt: number, turn: number) =>
  `call_${suffixOf(taskId)}_${stepId.slice('step_'.length)}_${attempt}_${turn}` as CallId
/** Of the judge of a turn's result; `j` tells it from the turn's own call. */
export const judgeCallIdOf = (
  taskId: TaskId,
  { stepId, attempt, turn, ask }: { stepId: StepId; attempt: number; turn: number; ask: number },
) => `${stepCallIdOf(taskId, stepId, attempt, turn)}_j${ask}` as CallId
export const draftCallIdOf = (taskId: TaskId, round: number, role: string, turn: number) =>
  `call_${suffixOf(taskId)}_draft_${round}_${role}_${turn}` as CallId
