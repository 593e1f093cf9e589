import { type AgentId, nameOfStep, roleOf, type StepId } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { PlanEdit } from './plan-edit.ts'
import type { PlanShape } from './plan-shape.ts'
import { refuseEdit } from './refuse-edit.ts'

/**
 * The plan with these edits, one after the other. Looks at the plan alone: what has begun of it is
 * for others to know.
 * @throws {AppError} `PLAN_EDIT_REFUSED`.
 */
export const applyEdits = (plan: PlanShape, edits: readonly PlanEdit[]): PlanShape =>
  edits.reduce((shape, edit, index) => applyEdit(shape, edit, index), plan)

const applyEdit = (shape: PlanShape, edit: PlanEdit, index: number): PlanShape => {
  switch (edit.kind) {
    case 'insert-step':
      return inserted(shape, edit.step, index)
    case 'remove-step':
      return removed(shape, edit, index)
    case 'rewire': {
      const { stepId, needs, inputs, when } = edit
      return withStep(shape, stepId, index, (step) => {
        const changed = {
          ...step,
          ...(needs !== undefined && { needs: [...needs] }),
          ...(inputs !== undefined && { inputs: [...inputs] }),
        }
        if (when === undefined) return changed
        const { when: _before, ...unconditional } = changed
        return when === null ? unconditional : { ...unconditional, when }
      })
    }
    case 'reassign': {
      const { stepId, agentId } = edit
      agentIn(shape, agentId, index)
      return withStep(shape, stepId, index, (step) => ({ ...step, agentId }))
    }
    case 'retool': {
      const { agentId, tools } = edit
      agentIn(shape, agentId, index)
      const agents = shape.agents.map((agent) =>
        agent.agentId === agentId ? { ...agent, tools: [...tools] } : agent,
      )
      return { ...shape, agents }
    }
    case 'change-model': {
      const { stepId, strategy } = edit
      return withStep(shape, stepId, index, ({ strategy: _before, ...step }) =>
        strategy === null ? step : { ...step, strategy },
      )
    }
    case 'set-gate': {
      const { stepId, gate } = edit
      return withStep(shape, stepId, index, ({ gate: _before, ...step }) =>
        gate ? { ...step, gate: true } : step,
      )
    }
    case 'instruct': {
      const { stepId, instruction } = edit
      return withStep(shape, stepId, index, (step) => ({ ...step, instruction }))
    }
    case 'promise': {
      const { stepId, promise } = edit
      return withStep(shape, stepId, index, (step) => ({ ...step, promise }))
    }
    case 'add-agent': {
      const { agentId, name } = edit.agent
      if (shape.agents.some((agent) => agent.agentId === agentId))
        refuseEdit({
          edit: index,
          agentId,
          rule: 'name-taken',
          reason: `there is an agent "${name}" already`,
          allowed: ['give it another name', 'modifyAgent'],
        })
      return { ...shape, agents: [...shape.agents, edit.agent] }
    }
    case 'set-result':
      stepIn(shape, edit.stepId, index)
      return { ...shape, resultStepId: edit.stepId }
    default:
      return edit satisfies never
  }
}

const stepIn = ({ steps }: PlanShape, stepId: StepId, edit: number): PlanStep =>
  steps.find((step) => step.stepId === stepId) ??
  refuseEdit({
    edit,
    stepId,
    rule: 'no-such-part',
    reason: `the plan has no step "${nameOfStep(stepId)}"`,
    allowed: [`one of ${listed(steps.map((step) => nameOfStep(step.stepId)))}`],
  })

const agentIn = ({ agents }: PlanShape, agentId: AgentId, edit: number): PlanAgent =>
  agents.find((agent) => agent.agentId === agentId) ??
  refuseEdit({
    edit,
    agentId,
    rule: 'no-such-part',
    reason: `the plan has no agent "${roleOf(agentId)}"`,
    allowed: [`one of ${listed(agents.map((agent) => roleOf(agent.agentId)))}`, 'add-agent first'],
  })

const withStep = (
  shape: PlanShape,
  stepId: StepId,
  edit: number,
  change: (step: PlanStep) => PlanStep,
): PlanShape => {
  const before = stepIn(shape, stepId, edit)
  return { ...shape, steps: shape.steps.map((step) => (step === before ? change(step) : step)) }
}

/** It stands behind the last of those that it needs. */
const inserted = (shape: PlanShape, step: PlanStep, edit: number): PlanShape => {
  const { stepId, needs } = step
  if (shape.steps.some((other) => other.stepId === stepId))
    refuseEdit({
      edit,
      stepId,
      rule: 'name-taken',
      reason: `there is a step "${nameOfStep(stepId)}" already`,
      allowed: ['give it another name'],
    })
  const needed = new Set<StepId>(needs)
  const place = shape.steps.findLastIndex((other) => needed.has(other.stepId)) + 1
  return { ...shape, steps: shape.steps.toSpliced(place, 0, step) }
}

const removed = (
  shape: PlanShape,
  { stepId, reconnect }: Extract<PlanEdit, { kind: 'remove-step' }>,
  edit: number,
): PlanShape => {
  const step = stepIn(shape, stepId, edit)
  if (shape.resultStepId === stepId)
    refuseEdit({
      edit,
      stepId,
      rule: 'is-result',
      reason: 'its output is the result of the task',
      allowed: ['set-result of another step first'],
    })
  const dependents = shape.steps.filter(({ needs }) => needs.includes(stepId))
  if (dependents.length > 0 && !reconnect) {
    const names = listed(dependents.map((one) => nameOfStep(one.stepId)))
    refuseEdit({
      edit,
      stepId,
      rule: 'orphans-input',
      reason: `${names} would miss its output`,
      allowed: ['remove-step with reconnect', `rewire ${names} first`, 'skipStep'],
    })
  }
  const rest = shape.steps.filter((one) => one !== step)
  const steps = rest.map((one) => (one.needs.includes(stepId) ? bridged(one, step) : one))
  return { ...shape, steps }
}

/** What had needed the step needs what that one needed, each once. */
const bridged = (one: PlanStep, { stepId, needs }: PlanStep): PlanStep => ({
  ...one,
  needs: [...new Set(one.needs.flatMap((need) => (need === stepId ? needs : [need])))],
})

const namedMax = 20
const listed = (names: readonly string[]): string => names.slice(0, namedMax).join(', ')
