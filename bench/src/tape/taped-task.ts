import type { EmulatedReply, EmulatedRequest } from '@maestro/testkit/providers/emulator-script'
import { keyOf, toolUsingModel } from '@maestro/testkit/providers/tool-using-model'
import { crashTask } from '../crash/crash-task.ts'

export type TapedKind = 'planned' | 'asks a person' | 'drafted'

/** Some are drafted first, some ask a person before each step, the rest just runs; all may fall back to another provider. */
export const tapedTask = (number: number): { kind: TapedKind; body: unknown } => {
  if (number % 6 === 0) {
    const goal = `Which of the months of year ${number} was the wettest?`
    const options = { providers: ['rehearsal'], autonomy: 'approve-plan' }
    return { kind: 'drafted', body: { goal, options } }
  }
  const asksPerson = number % 3 === 1
  const { options, ...task } = crashTask(number, asksPerson)
  const body = { ...task, options: { ...options, providers: ['groq', 'gemini'] } }
  return { kind: asksPerson ? 'asks a person' : 'planned', body }
}

const speak = toolUsingModel({
  pieceDelayMs: 40,
  toolCallOf: (request) => ({ name: 'count_effect', arguments: { what: keyOf(request) } }),
})

/** Answers most; now and then it has no time, or breaks off in the middle. */
export const moodyModel = (request: EmulatedRequest): EmulatedReply => {
  if (request.nth % 7 === 0) return { fault: { kind: 'refusal', as: 'overloaded' } }
  const reply = speak(request)
  if (request.nth % 11 !== 0 || reply.text === undefined) return reply
  return { ...reply, fault: { kind: 'reset', afterPieces: 3 } }
}

export const steadyModel = speak
