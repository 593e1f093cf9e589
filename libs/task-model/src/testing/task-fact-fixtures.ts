import { stepIdOf } from '@maestro/contracts/ids'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { DraftRole } from '@maestro/contracts/task/draft-role'
import type { TaskEventData, TaskEventType, TaskFact } from '@maestro/contracts/task/task-events'
import { digestOfPlan, digestOfStep } from '../approval/digest-of.ts'
import type { BornTask, Step } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import { retryAtOf } from '../steering/retry-at.ts'
import { atMs, planOf, refOf, taskId, toolPlace } from './task-fixtures.ts'
import { approvalId } from './task-command-fixtures.ts'

export const fact = <Type extends TaskEventType>(type: Type, data: TaskEventData<Type>) =>
  ({ type, data }) as TaskFact

/** How the result of a model call is booked, whatever else follows from it. */
export const booked = (command: TaskCommand): TaskFact => {
  switch (command.type) {
    case 'ProposePlan':
    case 'JudgePlan':
    case 'FinishTurn':
    case 'RefuseAnswer': {
      const { callId, purpose, stepId, attempt, turn } = command.place
      const toolCalls = command.type === 'FinishTurn' ? command.toolCalls : []
      return fact('CallFinished', {
        callId,
        purpose,
        stepId,
        attempt,
        turn,
        ...command.answered,
        toolCalls,
      })
    }
    case 'FailCall': {
      const { callId, purpose, stepId, attempt, turn } = command.place
      const { failureClass, message, facts } = command
      return fact('CallFailed', {
        callId,
        purpose,
        stepId,
        attempt,
        turn,
        failureClass,
        message,
        facts,
      })
    }
    default:
      throw new Error(`${command.type} brings no call`)
  }
}

export const refused = (command: TaskCommand, problem: string): TaskFact => {
  const { data } = booked(command) as { data: TaskEventData<'CallFinished'> }
  const { callId, purpose, stepId } = data
  return fact('AnswerRefused', { callId, purpose, stepId, problem })
}

export const draftTurn = (
  role: DraftRole,
  { round = 1, turn = 1, repair = null as string | null } = {},
) => fact('DraftTurnStarted', { round, role, turn, repair })

export const draftingStarted = (round: number, guidance: PayloadRef | null = null) =>
  fact('DraftingStarted', { round, guidance })

export const converged = (version: number, reason: TaskEventData<'PlanConverged'>['reason']) =>
  fact('PlanConverged', { version, reason })

export const taskStarted = (planVersion = 1) => fact('TaskStarted', { planVersion })
export const taskFailed = (reason: string, step: string | null = null) =>
  fact('TaskFailed', { reason, stepId: step === null ? null : stepIdOf(step) })
export const taskCancelled = (reason: string) => fact('TaskCancelled', { reason })
export const taskSucceeded = (text: string) => fact('TaskSucceeded', { result: refOf(text) })
export const pausedForMoney = (note = 'it was budget') =>
  fact('TaskPaused', { reason: 'budget', note, refusal: null })

export const queued = (name: string) => fact('StepQueued', { stepId: stepIdOf(name) })
export const conditionAsked = (name: string) => fact('ConditionAsked', { stepId: stepIdOf(name) })
export const conditionEvaluated = (name: string, holds: boolean, problem: string | null = null) =>
  fact('ConditionEvaluated', { stepId: stepIdOf(name), holds, problem })
export const skipped = (name: string, reason: string) =>
  fact('StepSkipped', { stepId: stepIdOf(name), reason })
export const started = (name: string, attempt = 1) =>
  fact('StepStarted', { stepId: stepIdOf(name), attempt })
export const turnStarted = (
  name: string,
  turn: number,
  { attempt = 1, repair = null as string | null } = {},
) => fact('TurnStarted', { stepId: stepIdOf(name), attempt, turn, repair })
export const finished = (name: string, text = `output of ${name}`, attempt = 1) =>
  fact('StepFinished', { stepId: stepIdOf(name), attempt, output: refOf(text) })
export const stepFailed = (name: string, reason: string, attempt = 1) =>
  fact('StepFailed', { stepId: stepIdOf(name), attempt, reason })
/** An attempt that used all its turns up. */
export const outOfTurns = (name: string, max: number) =>
  fact('StepFailed', {
    stepId: stepIdOf(name),
    attempt: 1,
    reason: `all ${max} turns were used without delivering the output`,
    limit: { name: 'turns', max, reached: max },
  })
export const retried = (
  name: string,
  reason: string,
  attempt = 1,
  dueAt = retryAtOf({ taskId, stepId: stepIdOf(name), attempt, tries: attempt }, atMs(1_000)),
) => fact('StepRetried', { stepId: stepIdOf(name), attempt, reason, dueAt })
export const reset = (
  name: string,
  attempt: number,
  because: TaskEventData<'StepReset'>['because'],
  reason: string,
) => fact('StepReset', { stepId: stepIdOf(name), attempt, because, reason })

export const toolCalled = (name: string, id: string, place = {}) =>
  fact('ToolCalled', {
    ...toolPlace(name, id, place),
    tool: 'read_input',
    arguments: refOf(`arguments of ${id}`),
  })
export const toolAnswered = (
  name: string,
  id: string,
  { ok = true, ...place }: { ok?: boolean; attempt?: number; turn?: number } = {},
) =>
  fact('ToolAnswered', {
    ...toolPlace(name, id, place),
    ok,
    result: refOf(`result of ${id}`),
    latencyMs: 3,
  })
export const toolRefused = (name: string, id: string) =>
  fact('ToolRefused', {
    ...toolPlace(name, id),
    tool: 'read_input',
    reason: 'not yours',
    result: refOf('refused'),
  })

/** Of a step whose needs have delivered what the fixtures answer. */
const digestOfAsked = (name: string, needs: readonly string[]): string => {
  const { agents, steps } = planOf({ [name]: needs })
  const outputs = needs.map((need) => [stepIdOf(need), { output: refOf(`output of ${need}`) }])
  const world = {
    agents: Object.fromEntries(agents.map((agent) => [agent.agentId, agent])),
    steps: Object.fromEntries(outputs),
    inputs: [],
  }
  return digestOfStep(steps[0] as unknown as Step, world as unknown as BornTask)
}

const weekMs = 7 * 24 * 3_600_000

export const planAsked = (version: number, steps: string, askedAtMs = 1_000) =>
  fact('ApprovalRequested', {
    approvalId: approvalId(`plan-v${version}`),
    kind: 'plan',
    planVersion: version,
    stepId: null,
    ask: `Run plan version ${version} with ${steps}?`,
    expiresAt: atMs(askedAtMs + weekMs),
    digest: digestOfPlan(`hash-${version}`),
    silence: 'cancel',
    mayDecide: 'operator',
  })
export const stepAsked = (name: string, askedAtMs = 1_000, needs: readonly string[] = []) =>
  fact('ApprovalRequested', {
    approvalId: approvalId(`step-${name}`),
    kind: 'step',
    planVersion: 1,
    stepId: stepIdOf(name),
    ask: `Run step "${name.toUpperCase()}"?`,
    expiresAt: atMs(askedAtMs + weekMs),
    digest: digestOfAsked(name, needs),
    silence: 'cancel',
    mayDecide: 'operator',
  })
export const decided = (
  what: string,
  decision: 'approve' | 'reject' | 'redraft',
  reason = decision === 'approve' ? '' : 'too long',
  digest = what.startsWith('plan-v')
    ? digestOfPlan(`hash-${what.slice('plan-v'.length)}`)
    : digestOfAsked(what.slice('step-'.length), []),
) => fact('ApprovalDecided', { approvalId: approvalId(what), decision, reason, digest })

/** What becomes of the first question about money when the task goes on. */
export const moneyWithdrawn = (): TaskFact =>
  fact('ApprovalWithdrawn', { approvalId: approvalId('money'), reason: 'the task goes on' })

/** The first question of a task without money, whose refusal is not known; what is not said is as with the smallest plan. */
export const moneyAsked = (
  budget: Partial<NonNullable<TaskEventData<'ApprovalRequested'>['budget']>> = {},
): TaskFact =>
  fact('ApprovalRequested', {
    approvalId: approvalId('money'),
    kind: 'budget',
    planVersion: 1,
    stepId: null,
    ask: 'Money has run out. How does it go on?',
    expiresAt: atMs(7 * 24 * 3_600_000 + 1_000),
    budget: {
      refusal: null,
      message: 'it was budget',
      spentNanoUsd: nanoUsd(0),
      raiseByMin: null,
      droppable: [],
      deliverable: null,
      choices: ['cheaper-model', 'stop'],
      ...budget,
    },
    silence: 'cancel',
    mayDecide: 'owner',
  })
