import { nameOfStep, stepIdOf } from '@maestro/contracts/ids'
import { limitsOf } from '../limits/limits-of.ts'
import { checkPlan, planProblems } from '../plan/check-plan.ts'
import { planDiff } from '../plan/plan-diff.ts'
import type { BornTask, Step } from '../task.ts'
import { draftOfPlan } from './draft-of-plan.ts'
import { type PlanEdit, stepIdOfEdit } from './plan-edit.ts'
import type { PlanShape } from './plan-shape.ts'
import { refuseEdit } from './refuse-edit.ts'
import { stepCan } from '../steering/step-can.ts'
import { changeableSteps, whyKept, whySettled } from './why-settled.ts'

/** What a drafted plan may hold as well. */
const planStepsMax = 1_000

/**
 * An edited plan keeps the rules that hold while drafting, and leaves what has begun as it is.
 * @throws {AppError} `PLAN_EDIT_REFUSED`.
 */
export const checkEdited = (
  before: PlanShape,
  after: PlanShape,
  { task, tools, edits }: { task: BornTask; tools: readonly string[]; edits: readonly PlanEdit[] },
): void => {
  mustLeaveBegun(before, after, { task, edits })
  if (after.steps.length > planStepsMax)
    refuseEdit({
      rule: 'too-much',
      reason: `a plan has at most ${planStepsMax} steps`,
      allowed: ['remove-step'],
    })
  const known = new Set([...tools, ...before.agents.flatMap((agent) => agent.tools)])
  const inputNames = task.inputs.map(({ name }) => name)
  const world = { toolNames: [...known], inputNames, ...limitsOf(task) }
  // What was wrong before, as rules may have become stricter since, is not the fault of the edit.
  const earlier = new Set(checkPlan(draftOfPlan(before), world))
  const problem = planProblems(draftOfPlan(after), world).find(({ words }) => !earlier.has(words))
  if (problem === undefined) return
  const { rule, words, circle } = problem
  const stepIds = (circle ?? [problem.step]).flatMap((name) =>
    name === null ? [] : stepIdOf(name),
  )
  // Of a circle the step that an edit has touched.
  const edit = edits.findLastIndex((one) => stepIds.some((stepId) => stepId === stepIdOfEdit(one)))
  const touched = edits[edit]
  const stepId = touched === undefined ? stepIds[0] : stepIdOfEdit(touched)
  refuseEdit({
    ...(touched !== undefined && { edit }),
    ...(stepId !== undefined && { stepId }),
    rule: rule === 'cycle' ? 'cycle' : 'breaks-plan',
    planRule: rule,
    reason: words,
    allowed: ['the same edits without what this names'],
  })
}

/** What runs, has ended or has work behind it stays as it was. */
const mustLeaveBegun = (
  before: PlanShape,
  after: PlanShape,
  { task, edits }: { task: BornTask; edits: readonly PlanEdit[] },
): void => {
  for (const { kind, part } of planDiff(before, after).steps) {
    const step = task.steps[part.stepId]
    if (step === undefined) continue
    const why =
      kind === 'removed'
        ? whyKept(step)
        : kind === 'changed'
          ? whySettled(step)
          : 'a step of this name has been there'
    if (why !== null) refuseBegun(step, why, { task, edits })
  }
}

/** @throws {AppError} `PLAN_EDIT_REFUSED` of a step that is not to be touched any more. */
export const refuseBegun = (
  step: Step,
  why: string,
  { task, edits }: { task: BornTask; edits: readonly PlanEdit[] },
): never => {
  const { stepId } = step
  const edit = edits.findIndex((one) => stepIdOfEdit(one) === stepId)
  return refuseEdit({
    ...(edit >= 0 && { edit }),
    stepId,
    rule: 'has-begun',
    reason: `"${nameOfStep(stepId)}" cannot be changed: ${why}`,
    allowed: [
      ...(stepCan.retry(task, step) ? ['retryStep'] : []),
      ...(stepCan.rerun(task, step) ? ['rerunFrom'] : []),
      ...(stepCan.guide(task, step) ? ['giveGuidance'] : []),
    ],
    changeable: changeableSteps(task),
  })
}
