import { createHash } from 'node:crypto'
import type { Usage } from '@maestro/contracts/money/cost-of'
import type { EmulatedReply, EmulatedRequest, EmulatorScript } from './emulator-script.ts'
import { exampleOfSchema } from './example-of-schema.ts'

/** A reply in which nothing is left open. */
export type ComposedReply = {
  model: string
  texts: readonly string[]
  reasonings: readonly string[]
  toolCalls: readonly { id: string; name: string; arguments: Record<string, unknown> | string }[]
  /** Null: nothing says that the answer is complete. */
  finish: 'stop' | 'length' | 'blocked' | null
  usage: Usage | null
  /** Empty where none were asked for. */
  vectors: readonly (readonly number[])[]
}

const wordsPerPiece = 6

const cut = (text: string): readonly string[] =>
  text.match(new RegExp(`(?:\\s*\\S+){1,${wordsPerPiece}}\\s*`, 'g')) ?? (text === '' ? [] : [text])

const piecesOf = (text: string | readonly string[] | undefined): readonly string[] =>
  typeof text === 'string' ? cut(text) : (text ?? [])

/** As good as any count for an emulator: a token is about four characters. */
const tokensOf = (text: string) => Math.ceil(text.length / 4)

const vectorDimensions = 4

/** The same for the same text, and another for another one. */
const vectorOf = (text: string): readonly number[] =>
  [...createHash('sha256').update(text).digest().subarray(0, vectorDimensions)].map(
    (byte) => byte / 256,
  )

const countUsage = (request: EmulatedRequest, reply: EmulatedReply): Usage => {
  const reasoningTokens = tokensOf(piecesOf(reply.reasoning).join(''))
  const said = piecesOf(reply.text).join('') + JSON.stringify(reply.toolCalls ?? [])
  return {
    inputTokens: tokensOf(JSON.stringify(request.messages) + JSON.stringify(request.tools)),
    cachedInputTokens: 0,
    outputTokens: tokensOf(said) + reasoningTokens,
    reasoningTokens,
    ...reply.usage,
  }
}

export const composeReply = (request: EmulatedRequest, reply: EmulatedReply): ComposedReply => ({
  model: reply.model ?? request.model,
  texts: piecesOf(reply.text),
  reasonings: piecesOf(reply.reasoning),
  toolCalls: (reply.toolCalls ?? []).map((call, index) => ({
    id: `call_${request.nth}_${index}`,
    ...call,
  })),
  finish: reply.fault?.kind === 'no-finish-marker' ? null : (reply.finish ?? 'stop'),
  usage: reply.usage === null ? null : countUsage(request, reply),
  vectors:
    request.embeds === true
      ? (reply.vectors ?? request.messages.map(({ text }) => vectorOf(text)))
      : [],
})

const defaultReply = (request: EmulatedRequest): EmulatedReply => {
  if (request.outputSchema !== null)
    return { text: JSON.stringify(exampleOfSchema(request.outputSchema)) }
  const last = request.messages.at(-1)?.text ?? ''
  const beginning = last.slice(0, 80).replaceAll(/\s+/g, ' ')
  return {
    text: `This is the emulated ${request.provider}. The last of ${request.messages.length} messages has ${last.length} characters and begins "${beginning}".`,
  }
}

export const chooseReply = async (
  script: EmulatorScript,
  request: EmulatedRequest,
): Promise<EmulatedReply> => {
  const rule = script.rules?.find(
    ({ nth, when }) =>
      (nth === undefined || nth === request.nth) && (when === undefined || when(request)),
  )
  return rule?.reply ?? (await script.answer?.(request)) ?? defaultReply(request)
}
