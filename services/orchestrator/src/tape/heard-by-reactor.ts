import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Effect } from '@maestro/task-model/effects-of'
import type { BornTask } from '@maestro/task-model/task'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { refusalOf } from '@maestro/task-model/control/decide-budget'
import { toolMisfit } from '../answer/tool-misfit.ts'
import { tookTooLong } from '../reactor/facts-for.ts'
import { internalFailure } from '../reactor/give-up-effect.ts'
import { answerCondition } from '../reactor/run-condition.ts'
import { nobodyAnswered } from '../reactor/run-effect.ts'
import { answerExpansion } from '../reactor/run-expansion.ts'
import { toolRefusal } from '../reactor/tool-refusal.ts'
import { heardCall } from './heard-calls.ts'
import type { Script, TapeState, TapeWorld } from './tape-world.ts'

/**
 * What the reactor made of an effect that the events so far ask for: the answers of models and tools come from
 * the journal, what it works out itself is worked out again. Nothing where nobody asks for it.
 */
export const heardByReactor = async (
  script: Script,
  state: TapeState,
  world: TapeWorld,
): Promise<readonly TaskCommand[]> => {
  const [first] = script
  const { task } = state
  if (task.status === 'unborn') return []
  const by = { at: first.at, actor: first.actor }
  switch (first.type) {
    case 'CallLost':
    case 'CallFinished':
    case 'CallFailed': {
      const heard = await heardCall(script, state, world)
      return heard === null ? [] : [heard]
    }
    case 'ToolAnswered':
      return toolAnswer(first, state, world)
    case 'ToolRefused':
      return askedTools(state, first.data).flatMap(({ place, tool }) => {
        const refused = toolRefusal(task, place.stepId, tool)
        if (refused === null) return []
        const { reason, result } = refused
        return [{ ...by, type: 'RefuseTool', place, tool, reason, result: result.ref }]
      })
    case 'ApprovalRequested': {
      const { stepId, toolUse } = first.data
      if (stepId === null || toolUse === undefined) return []
      const { attempt, turn, toolCallId } = toolUse
      return askedTools(state, { stepId, attempt, turn, toolCallId }).map(({ place }) => ({
        ...by,
        type: 'DoubtTool',
        place,
      }))
    }
    case 'ConditionEvaluated': {
      const { stepId } = first.data
      const step = task.steps[stepId]
      const isAsked = asks(
        state,
        (effect) => effect.kind === 'condition' && effect.stepId === stepId,
      )
      if (step?.when === undefined || !isAsked) return []
      const answer = isOfThatDay(first.data)
        ? first.data
        : await answerCondition(step.when, step, task, world.payloads)
      return [{ ...by, type: 'AnswerCondition', ...answer, stepId }]
    }
    case 'ListExpanded':
    case 'WhileEvaluated':
    case 'OutputsCollected':
      return expansion(first, task, state, world)
    case 'TaskFailed':
      return asks(state, ({ kind }) => kind === 'check-duration')
        ? [{ ...by, type: 'CheckDuration' }]
        : []
    case 'StepFailed':
    case 'StepFinished': {
      const { stepId } = first.data
      const isTimed = asks(
        state,
        (effect) => effect.kind === 'check-step-time' && effect.stepId === stepId,
      )
      return isTimed ? [{ ...by, type: 'CheckStepTime', stepId }] : []
    }
    case 'StepStarted': {
      const { stepId } = first.data
      const attempt = first.data.attempt - 1
      const waits = asks(
        state,
        (effect) =>
          effect.kind === 'start-retry' && effect.stepId === stepId && effect.attempt === attempt,
      )
      return waits ? [{ ...by, type: 'StartRetry', stepId, attempt }] : []
    }
    case 'ApprovalExpired': {
      const { approvalId } = first.data
      const waits = asks(
        state,
        (effect) => effect.kind === 'expire-approval' && effect.approvalId === approvalId,
      )
      return waits ? [{ ...by, type: 'ExpireApproval', approvalId, told: nobodyAnswered.ref }] : []
    }
    case 'TaskResumed':
      return money(task).map((because) => ({ ...by, type: 'ResumeWithBudget', because }))
    default:
      return []
  }
}

const asks = ({ open }: TapeState, of: (effect: Effect) => boolean): boolean =>
  [...open.values()].some(({ effect }) => of(effect))

/** The use of a tool, if it is asked for. */
const askedTools = (
  { open }: TapeState,
  at: Pick<
    Extract<Effect, { kind: 'tool' }>['place'],
    'stepId' | 'attempt' | 'turn' | 'toolCallId'
  >,
) =>
  [...open.values()].flatMap(({ effect }) => {
    if (effect.kind !== 'tool') return []
    const { stepId, attempt, turn, toolCallId } = effect.place
    const isIt =
      stepId === at.stepId &&
      attempt === at.attempt &&
      turn === at.turn &&
      toolCallId === at.toolCallId
    return isIt ? [effect] : []
  })

const toolAnswer = async (
  { at, actor, data }: Extract<TaskEvent, { type: 'ToolAnswered' }>,
  state: TapeState,
  { payloads }: TapeWorld,
): Promise<readonly TaskCommand[]> => {
  const { task } = state
  const [asked] = askedTools(state, data)
  if (asked === undefined || task.status === 'unborn') return []
  const { ok, result, latencyMs } = data
  const promise = task.steps[data.stepId]?.promise
  const isRead = promise?.from === 'tool' && promise.schema !== undefined
  const misfit = isRead ? toolMisfit(await payloads.readText(result), ok, promise) : {}
  const answer = { ok, result, latencyMs, ...misfit }
  return [{ at, actor, type: 'AnswerTool', place: asked.place, ...answer }]
}

/** The machine was broken then, or slow: no playing of the tape can tell that again. */
const isOfThatDay = ({ problem }: { problem: string | null }): boolean =>
  problem === internalFailure || problem === tookTooLong

const questions = {
  ListExpanded: 'list',
  WhileEvaluated: 'while',
  OutputsCollected: 'outputs',
} as const

const expansion = async (
  event: Extract<TaskEvent, { type: keyof typeof questions }>,
  task: BornTask,
  { open }: TapeState,
  { payloads }: TapeWorld,
): Promise<readonly TaskCommand[]> => {
  const { stepId } = event.data
  const step = task.steps[stepId]
  const asked = [...open.values()].find(
    ({ effect }) =>
      effect.kind === questions[event.type] && 'stepId' in effect && effect.stepId === stepId,
  )
  const question = asked?.effect
  if (
    step === undefined ||
    (question?.kind !== 'list' && question?.kind !== 'while' && question?.kind !== 'outputs')
  ) {
    return []
  }
  const by = { at: event.at, actor: event.actor }
  if (!isOfThatDay(event.data)) {
    const { command } = await answerExpansion(question, step, task, payloads)
    return [{ ...by, ...command }]
  }
  const { attempt = 1 } = question
  const { problem } = event.data
  switch (question.kind) {
    case 'list':
      return [{ ...by, type: 'ExpandList', stepId, attempt, items: [], problem }]
    case 'while': {
      const { round } = question
      return [{ ...by, type: 'AnswerWhile', stepId, attempt, round, holds: false, problem }]
    }
    case 'outputs':
      return [{ ...by, type: 'CollectOutputs', stepId, attempt, output: null, problem }]
    default:
      return question satisfies never
  }
}

/** There was money again: its window had ended, or its limit was another. */
const money = (task: BornTask) => {
  const budget = refusalOf(task)?.budget
  return [
    { kind: 'window' as const },
    ...(budget ? [{ kind: 'limit' as const, budgetId: budget.budgetId, limit: null }] : []),
  ]
}
