import { cancelCalls } from '@maestro/contracts/llm/provider-endpoints'
import type { Call } from '@maestro/service-kit/call'
import { payloadOf } from '@maestro/service-kit/payload'
import { durationEndsAt } from '@maestro/task-model/control/decide-control'
import { stepEndsAt } from '@maestro/task-model/limits/step-time'
import type { LookForMoney } from '../budget/look-for-money.ts'
import type { RaiseBudget } from '../budget/raise-budget.ts'
import type { CommandHandler } from '../command/command-handler.ts'
import type { EffectStore } from './effect-store.ts'
import type { RunEffect } from './reactor.ts'
import { reactorActor } from './reactor-actor.ts'
import type { RunCall } from './run-call.ts'
import type { RunCondition } from './run-condition.ts'
import type { RunExpansion } from './run-expansion.ts'
import type { RunTool } from './run-tool.ts'

/** What an agent is told that waited for a person in vain. */
export const nobodyAnswered = payloadOf(
  'orchestrator',
  'Nobody answered in time. It was not run. Go on without it, or say in your output what is missing.',
  'text/markdown',
)

/** As many as one request of the router takes. */
const cancelledAtOnceMax = 2_000

/** Each kind of effect, and what runs it. */
export const createRunEffect =
  ({
    runCall,
    runTool,
    runCondition,
    runExpansion,
    lookForMoney,
    raiseBudget,
    commands,
    store,
    call,
  }: {
    runCall: RunCall
    runTool: RunTool
    runCondition: RunCondition
    runExpansion: RunExpansion
    lookForMoney: LookForMoney
    raiseBudget: RaiseBudget
    commands: CommandHandler
    store: EffectStore
    call: Call
  }): RunEffect =>
  async (leased, signal) => {
    const { taskId, effect } = leased
    const command = { at: new Date().toISOString(), actor: reactorActor }
    switch (effect.kind) {
      case 'call':
        return runCall(leased, effect.place, signal)
      case 'tool':
        return runTool(leased, effect, signal)
      case 'condition':
        return runCondition(leased, effect.stepId)
      case 'list':
      case 'while':
      case 'outputs':
        return runExpansion(leased, effect)
      case 'expire-approval': {
        const { approvalId } = effect
        const task = await commands.handle({
          taskId,
          command: { ...command, type: 'ExpireApproval', approvalId, told: nobodyAnswered.ref },
          payloads: [nobodyAnswered],
        })
        const approval = task.approvals[approvalId]
        if (approval?.status !== 'open') return store.close(taskId, effect.id)
        // The database, which says when it is due, has a clock of its own.
        return store.postpone(taskId, effect.id, new Date(approval.expiresAt))
      }
      case 'check-duration': {
        const task = await commands.handle({
          taskId,
          command: { ...command, type: 'CheckDuration' },
        })
        const endsAt = task.stage === 'ended' ? null : durationEndsAt(task)
        // While people are waited for no limit runs; what ends the waiting asks for the timer again.
        if (endsAt === null) return store.close(taskId, effect.id)
        return store.postpone(taskId, effect.id, new Date(endsAt))
      }
      case 'check-step-time': {
        const { stepId } = effect
        const task = await commands.handle({
          taskId,
          command: { ...command, type: 'CheckStepTime', stepId },
        })
        const step = task.steps[stepId]
        const endsAt = task.stage === 'ended' || !step ? null : stepEndsAt(step)
        // Whatever lets its clock go on asks for the timer again; a tool's answer ends a step that is over its time.
        const isOver = endsAt !== null && endsAt <= Date.now()
        if (endsAt === null || isOver) return store.close(taskId, effect.id)
        return store.postpone(taskId, effect.id, new Date(endsAt))
      }
      case 'start-retry': {
        const { stepId, attempt } = effect
        const task = await commands.handle({
          taskId,
          command: { ...command, type: 'StartRetry', stepId, attempt },
        })
        const step = task.steps[stepId]
        const waits = step?.phase === 'backoff' && step.attempt === attempt && task.pause === null
        // While the task is paused nothing starts; what ends the pause asks for the timer again.
        if (!waits || step.retryAt === undefined) return store.close(taskId, effect.id)
        return store.postpone(taskId, effect.id, new Date(step.retryAt))
      }
      case 'resume-with-budget': {
        const againAt = await lookForMoney(taskId)
        if (againAt === null) return store.close(taskId, effect.id)
        return store.postpone(taskId, effect.id, againAt)
      }
      case 'raise-budget':
        await raiseBudget(taskId, effect)
        return store.close(taskId, effect.id)
      case 'cancel-calls': {
        for (let from = 0; from < effect.callIds.length; from += cancelledAtOnceMax) {
          const callIds = effect.callIds.slice(from, from + cancelledAtOnceMax)
          await call(cancelCalls, { callIds })
        }
        return store.close(taskId, effect.id)
      }
      default:
        return effect satisfies never
    }
  }
