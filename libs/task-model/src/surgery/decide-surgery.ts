import { AppError } from '@maestro/contracts/errors'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import { mustGoOn } from '../control/decide-control.ts'
import { planDiff } from '../plan/plan-diff.ts'
import type { Recorder } from '../recorder.ts'
import { refuseNow } from '../steering/refuse-now.ts'
import type { BornTask, PlanVersion } from '../task.ts'
import type { CommandOf } from '../task-command.ts'
import { applyEdits } from './apply-edits.ts'
import { checkEdited, refuseBegun } from './check-edited.ts'
import { type EditsAsWritten, type PlanEdit, stepIdOfEdit } from './plan-edit.ts'
import { type PlanShape, presentShape, presentVersion } from './plan-shape.ts'
import { recordEdit } from './record-edit.ts'
import { whyKept, whySettled } from './why-settled.ts'

export const editPlan = (command: CommandOf<'EditPlan'>, recorder: Recorder): void => {
  const version = mustRunAsSeen(command.baseVersion, recorder)
  recordEdits(version, command, command.reason, recorder)
}

/** Applies edits to the version that holds, whoever has checked that they may be. @throws {AppError} `PLAN_EDIT_REFUSED`. */
export const recordEdits = (
  version: PlanVersion,
  { edits, document, tools }: EditsAsWritten,
  reason: string,
  recorder: Recorder,
): void => {
  const task = recorder.task()
  for (const edit of edits) mustBeOpen(edit, { task, edits })
  const before = presentShape(task, version)
  const after = applyEdits(before, edits)
  checkEdited(before, after, { task, tools, edits })
  recordEdit(before, after, { edits, document, reason }, recorder)
}

/** What has begun is named before anything else is wrong with an edit of it. */
const mustBeOpen = (
  edit: PlanEdit,
  { task, edits }: { task: BornTask; edits: readonly PlanEdit[] },
): void => {
  const stepId = stepIdOfEdit(edit)
  const step = stepId === undefined ? undefined : task.steps[stepId]
  // Whose output is the result may be said of any step.
  if (step === undefined || edit.kind === 'set-result' || edit.kind === 'insert-step') return
  const why = edit.kind === 'remove-step' ? whyKept(step) : whySettled(step)
  if (why !== null) refuseBegun(step, why, { task, edits })
}

export const undoPlanEdit = (command: CommandOf<'UndoPlanEdit'>, recorder: Recorder): void => {
  const { baseVersion, restore, reason, document } = command
  const version = mustRunAsSeen(baseVersion, recorder)
  const task = recorder.task()
  const known = chainOf(version, task)
  const wanted = restore ?? version.editOf
  const target = known.find((one) => one.version === wanted)
  if (target === undefined) {
    const why =
      known.length === 0
        ? 'the plan is as it was when the task started'
        : `version ${wanted} is none that this plan was made of`
    return refuseNow(why, known.length === 0 ? ['editPlan'] : ['undoPlanEdit'], {
      restorable: known.map((one) => one.version),
    })
  }
  const before = presentShape(task, version)
  const after = restored(before, version, target)
  const tools = target.agents.flatMap((agent) => agent.tools)
  checkEdited(before, after, { task, tools, edits: [] })
  recordEdit(before, after, { edits: [], document, reason, restores: target.version }, recorder)
}

/** The versions that this one was made of by edits, the newest first. */
const chainOf = ({ editOf }: PlanVersion, { versions }: BornTask): readonly PlanVersion[] => {
  const chain: PlanVersion[] = []
  const byNumber = new Map(versions.map((one) => [one.version, one]))
  for (let base = editOf; base !== undefined; base = chain.at(-1)?.editOf) {
    const found = byNumber.get(base)
    if (found === undefined) break
    chain.push(found)
  }
  return chain
}

/**
 * The content of a version on what holds now. Of agents only their tools are edited, and none is ever taken
 * away. Tools that no edit in between has changed stay as they are: a person may have modified the agent.
 */
const restored = (before: PlanShape, version: PlanVersion, target: PlanVersion): PlanShape => {
  const toolsIn = ({ agents }: PlanVersion) =>
    new Map(agents.map(({ agentId, tools }) => [agentId, tools]))
  const [edited, wanted] = [toolsIn(version), toolsIn(target)]
  const toolsOf = ({ agentId, tools }: PlanAgent): PlanAgent['tools'] => {
    const [now, then] = [edited.get(agentId), wanted.get(agentId)]
    return then === undefined || (now !== undefined && isSameList(now, then)) ? tools : then
  }
  return {
    agents: before.agents.map((agent) => ({ ...agent, tools: toolsOf(agent) })),
    steps: target.steps,
    resultStepId: target.resultStepId,
  }
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each, index) => each === other[index])

/** The version that holds. @throws {AppError} `TASK_ENDED`, `NOT_ALLOWED_NOW`, and `CHANGED_SINCE` with what is another than was seen. */
const mustRunAsSeen = (seen: number, recorder: Recorder): PlanVersion => {
  mustGoOn(recorder)
  const task = recorder.task()
  const version = presentVersion(task)
  if (task.stage === 'approval')
    refuseNow('the plan waits for its approval: approve it with edits', ['decideApproval'])
  if (task.stage === 'drafting' || version === undefined)
    return refuseNow('the plan is still drafted', ['guideDrafting', 'lockPart', 'takeVersion'])
  if (seen !== version.version) {
    const looked = task.versions.find((one) => one.version === seen)
    const changed = looked === undefined ? [] : changesSince(looked, version)
    throw new AppError('CHANGED_SINCE', { planVersion: version.version, changed })
  }
  return version
}

const changesMax = 20

const changesSince = (looked: PlanVersion, version: PlanVersion) => {
  const { agents, steps } = planDiff(looked, version)
  return [
    ...steps.map(({ kind, part: { stepId } }) => ({ kind, stepId })),
    ...agents.map(({ kind, part: { agentId } }) => ({ kind, agentId })),
  ].slice(0, changesMax)
}
