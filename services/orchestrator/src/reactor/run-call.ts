import { Answer, type ToolSpec } from '@maestro/contracts/llm/chat'
import type { CallReply } from '@maestro/contracts/llm/call-work'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import { durationEndsAt } from '@maestro/task-model/decide-control'
import type { BornTask, CallRecord } from '@maestro/task-model/task'
import type { CallPlace } from '@maestro/task-model/task-command'
import { commandFromAnswer } from '../answer/command-from-answer.ts'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'
import { composeRequest } from '../request/compose-request.ts'
import type { CallDesk } from './call-desk.ts'
import type { EffectStore, LeasedEffect } from './effect-store.ts'
import { reactorActor } from './reactor-actor.ts'

/** Runs one model call to its answer and hands the answer back as a command. */
export type RunCall = (leased: LeasedEffect, place: CallPlace, signal: AbortSignal) => Promise<void>

/** A call that is not sent at once still has this long, however little is left of its task's time. */
const callMsMin = 5_000

export const createRunCall =
  ({
    cache,
    commands,
    desk,
    store,
    payloads,
    tools,
    callTimeoutMs,
  }: {
    cache: TaskCache
    commands: CommandHandler
    desk: CallDesk
    store: EffectStore
    payloads: PayloadReader
    tools: readonly ToolSpec[]
    callTimeoutMs: number
  }): RunCall =>
  async ({ taskId, effect, takes }, place, signal) => {
    const task = (await cache.load([taskId])).get(taskId)
    if (!task || task.status === 'unborn' || recordOf(task, place)?.status !== 'running') {
      // Answered already, by another copy: nothing is left to do.
      await store.close(taskId, effect.id)
      return
    }
    const reply = await desk.ask(
      {
        ...composeRequest(task, place, tools),
        callId: place.callId,
        taskId,
        stepId: place.stepId,
        agentId: place.stepId === null ? null : (task.steps[place.stepId]?.agentId ?? null),
        purpose: place.purpose,
        providers: task.options.providers,
        model: null,
        taskLimitNanoUsd: task.options.limits.costNanoUsd,
        deadlineAt: deadlineOf(task, callTimeoutMs),
      },
      takes,
      signal,
    )
    const base = { at: new Date().toISOString(), actor: reactorActor }
    if (reply.outcome === 'failed') {
      const { failure, facts } = reply
      await commands.handle({
        taskId,
        command: {
          ...base,
          type: 'FailCall',
          place,
          failureClass: failure.class,
          message: failure.message,
          facts,
        },
      })
      return
    }
    const answer = await readAnswer(reply, payloads)
    const text = answer.text === '' ? [] : [payloadOf('orchestrator', answer.text, 'text/markdown')]
    // The newest state: a version that came while this observer judged must not take its verdict.
    const current = (await cache.load([taskId])).get(taskId)
    await commands.handle({
      taskId,
      ...commandFromAnswer({
        task: current && current.status !== 'unborn' ? current : task,
        place,
        answer,
        answered: { answer: reply.answerRef, text: refOf(text), facts: reply.facts },
        payloads: text,
        world: {
          toolNames: tools.map(({ name }) => name),
          inputNames: task.inputs.map(({ name }) => name),
        },
        base,
      }),
    })
  }

const refOf = ([payload]: readonly Payload[]) => payload?.ref ?? null

const recordOf = (task: BornTask, { callId, stepId }: CallPlace): CallRecord | undefined => {
  const calls: readonly CallRecord[] =
    stepId === null ? task.drafting.calls : (task.steps[stepId]?.calls ?? [])
  return calls.findLast((call) => call.callId === callId)
}

const deadlineOf = (task: BornTask, callTimeoutMs: number): string => {
  const now = Date.now()
  const taskEnds = durationEndsAt(task) ?? Number.POSITIVE_INFINITY
  return new Date(Math.max(Math.min(now + callTimeoutMs, taskEnds), now + callMsMin)).toISOString()
}

const readAnswer = async (
  { answer, answerRef }: Extract<CallReply, { outcome: 'answered' }>,
  payloads: PayloadReader,
): Promise<Answer> => answer ?? Answer.parse(JSON.parse(await payloads.readText(answerRef)))
