import { cancelCalls } from '@maestro/contracts/llm/provider-endpoints'
import type { Call } from '@maestro/service-kit/call'
import { durationEndsAt } from '@maestro/task-model/decide-control'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'
import type { EffectStore } from './effect-store.ts'
import type { RunEffect } from './reactor.ts'
import { reactorActor } from './reactor-actor.ts'
import type { RunCall } from './run-call.ts'
import type { RunTool } from './run-tool.ts'

/** Each kind of effect, and what runs it. */
export const createRunEffect =
  ({
    runCall,
    runTool,
    commands,
    cache,
    store,
    call,
  }: {
    runCall: RunCall
    runTool: RunTool
    commands: CommandHandler
    cache: TaskCache
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
      case 'expire-approval': {
        const { approvalId } = effect
        const task = await commands.handle({
          taskId,
          command: { ...command, type: 'ExpireApproval', approvalId },
        })
        const approval = task.approvals[approvalId]
        // The clock that set the time may run before ours: then it is too early, not done.
        if (approval?.status === 'open') {
          return store.postpone(taskId, effect.id, new Date(approval.expiresAt))
        }
        return store.close(taskId, effect.id)
      }
      case 'check-duration': {
        await commands.handle({ taskId, command: { ...command, type: 'CheckDuration' } })
        const task = (await cache.load([taskId])).get(taskId)
        const endsAt =
          task && task.status !== 'unborn' && task.stage !== 'ended' ? durationEndsAt(task) : null
        if (endsAt === null) return store.close(taskId, effect.id)
        return store.postpone(taskId, effect.id, new Date(endsAt))
      }
      case 'cancel-calls': {
        await call(cancelCalls, { callIds: [...effect.callIds] })
        return store.close(taskId, effect.id)
      }
      default:
        return effect satisfies never
    }
  }
