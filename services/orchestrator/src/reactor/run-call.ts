import { Answer } from '@maestro/contracts/llm/chat'
import type { CallReply, FailedCall } from '@maestro/contracts/llm/call-work'
import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { Logger } from '@maestro/service-kit/logger'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import { isOutage } from '@maestro/service-kit/wire-error'
import { durationEndsAt } from '@maestro/task-model/control/decide-control'
import type { BornTask, CallRecord } from '@maestro/task-model/task'
import type { CallPlace } from '@maestro/task-model/task-command'
import { commandFromAnswer, commandFromPart } from '../answer/command-from-answer.ts'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'
import { askedRequest } from '../request/asked-request.ts'
import { callTerms } from '../request/call-terms.ts'
import { composeRequest } from '../request/compose-request.ts'
import type { ToolRegistry } from '../tools/tool-registry.ts'
import type { CallDesk } from './call-desk.ts'
import type { EffectStore, LeasedEffect } from './effect-store.ts'
import { internalFailure } from './give-up-effect.ts'
import { reactorActor } from './reactor-actor.ts'
import { createTaskWindow } from './task-window.ts'
import { waitingTask } from './waiting-task.ts'

/** Runs one model call to its answer and hands the answer back as a command. */
export type RunCall = (leased: LeasedEffect, place: CallPlace, signal: AbortSignal) => Promise<void>

/** A call that is not sent at once still has this long, however little is left of its task's time. */
const callMsMin = 5_000
/**
 * Calls of one task in flight: half the places of a router worker, so that the calls of another task
 * find a place at once even where there is only one worker. Per copy; a task's calls are mostly one copy's.
 */
const callsPerTaskMax = 32

export const createRunCall = ({
  cache,
  commands,
  desk,
  store,
  payloads,
  registry,
  callTimeoutMs,
  log,
}: {
  cache: TaskCache
  commands: CommandHandler
  desk: CallDesk
  store: EffectStore
  payloads: PayloadReader
  registry: Pick<ToolRegistry, 'specs' | 'get' | 'problemOf'>
  callTimeoutMs: number
  log: Logger
}): RunCall => {
  const tools = registry.specs()
  const inWindow = createTaskWindow(callsPerTaskMax)
  const run: RunCall = async ({ taskId, effect, takes }, place, signal) => {
    const task = await waitingTask(
      cache,
      taskId,
      (known) => recordOf(known, place)?.status === 'running',
    )
    if (task === null) {
      // Answered already, by another copy: nothing is left to do.
      await store.close(taskId, effect.id)
      return
    }
    const request = composeRequest(task, place, tools)
    const terms = callTerms(task, place)
    const asked = askedRequest(task.seq, request, terms)
    const reply = await desk.ask(
      { ...request, ...terms, deadlineAt: deadlineOf(task, callTimeoutMs) },
      takes,
      signal,
    )
    const base = { at: new Date().toISOString(), actor: reactorActor }
    const fail = (
      failureClass: FailureClass,
      message: string,
      { refusal = null, ask }: Partial<Pick<FailedCall['failure'], 'refusal' | 'ask'>> = {},
    ) =>
      commands.handle({
        taskId,
        command: {
          ...base,
          type: 'FailCall',
          place,
          failureClass,
          message,
          refusal,
          ...(ask !== undefined && { ask }),
          facts: reply.facts,
          asked,
        },
      })
    if (reply.outcome === 'failed') {
      const { class: failureClass, message, ...more } = reply.failure
      await fail(failureClass, message, more)
      return
    }
    try {
      const reading = {
        // The state that was asked about: a verdict belongs to the version that was judged.
        task,
        place,
        answer: await readAnswer(reply, payloads),
        answerRef: reply.answerRef,
        facts: reply.facts,
        asked,
        world: {
          toolNames: tools.map(({ name }) => name),
          inputNames: task.inputs.map(({ name }) => name),
        },
        registry,
        base,
      }
      const made =
        reply.outcome === 'answered'
          ? commandFromAnswer(reading)
          : commandFromPart(reading, reply.incomplete)
      await commands.handle({ taskId, ...made })
    } catch (error) {
      if (isOutage(error)) throw error
      // The answer is there and would be the same the next time; what it cost is booked.
      log.error({ err: error, taskId, callId: place.callId }, 'an answer could not be taken')
      await fail('internal', internalFailure)
    }
  }
  return (leased, place, signal) => inWindow(leased.taskId, () => run(leased, place, signal))
}

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
  { answer, answerRef }: Exclude<CallReply, { outcome: 'failed' }>,
  payloads: PayloadReader,
): Promise<Answer> => answer ?? Answer.parse(JSON.parse(await payloads.readText(answerRef)))
