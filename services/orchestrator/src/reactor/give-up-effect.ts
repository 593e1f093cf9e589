import { noUsage } from '@maestro/contracts/money/cost-of'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import { payloadOf } from '@maestro/service-kit/payload'
import type { CommandHandler } from '../command/command-handler.ts'
import { reactorActor } from './reactor-actor.ts'
import type { GiveUpEffect } from './reactor.ts'

/** Nothing was asked of a provider, or nobody can say any more what it was. */
const noFacts = {
  provider: null,
  model: null,
  usage: noUsage,
  costNanoUsd: noMoney,
  latencyMs: 0,
  firstTokenMs: null,
  attempts: [],
}

/** For people: the logs have the rest. */
export const internalFailure =
  'Something broke inside Maestro while this was prepared; the logs of the orchestrator have it under the id of the task.'

/** A call that cannot be made fails, a tool that cannot be run and an expression that cannot be evaluated answer so. Timers have nobody to answer to. */
export const createGiveUpEffect =
  ({ commands }: { commands: CommandHandler }): GiveUpEffect =>
  async ({ taskId, effect }, error) => {
    const base = { at: new Date().toISOString(), actor: reactorActor }
    switch (effect.kind) {
      case 'call': {
        const { place } = effect
        const failed = {
          failureClass: 'internal',
          message: internalFailure,
          refusal: null,
        } as const
        const command = { ...base, type: 'FailCall', place, ...failed, facts: noFacts } as const
        await commands.handle({ taskId, command })
        return
      }
      case 'tool': {
        const { place } = effect
        const text = JSON.stringify({ error: internalFailure })
        const result = payloadOf('orchestrator', text, 'application/json')
        const answer = { ok: false, result: result.ref, latencyMs: 0 }
        const command = { ...base, type: 'AnswerTool', place, ...answer } as const
        await commands.handle({ taskId, command, payloads: [result] })
        return
      }
      case 'condition': {
        const { stepId } = effect
        const answer = { stepId, holds: false, problem: internalFailure }
        await commands.handle({ taskId, command: { ...base, type: 'AnswerCondition', ...answer } })
        return
      }
      case 'list': {
        const { stepId, attempt = 1 } = effect
        const answer = { stepId, attempt, items: [], problem: internalFailure }
        await commands.handle({ taskId, command: { ...base, type: 'ExpandList', ...answer } })
        return
      }
      case 'while': {
        const { stepId, attempt = 1, round } = effect
        const answer = { stepId, attempt, round, holds: false, problem: internalFailure }
        await commands.handle({ taskId, command: { ...base, type: 'AnswerWhile', ...answer } })
        return
      }
      case 'outputs': {
        const { stepId, attempt = 1 } = effect
        const answer = { stepId, attempt, output: null, problem: internalFailure }
        await commands.handle({ taskId, command: { ...base, type: 'CollectOutputs', ...answer } })
        return
      }
      default:
        throw error
    }
  }
