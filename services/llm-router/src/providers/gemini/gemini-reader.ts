import type { AnswerCollector } from '../answer-collector.ts'
import type { AnswerReader } from '../wire-adapter.ts'
import { geminiBlockedPrompt, geminiFailure, geminiFinishFailure } from './gemini-failure.ts'
import { GeminiChunk, type GeminiPart, geminiUsage } from './gemini-wire.ts'

const isPlainText = (part: GeminiPart | undefined) =>
  part !== undefined && Object.keys(part).length === 1 && part.text !== undefined

/** Reads raw chunks, and keeps the parts that have to go back as they came. A whole answer is one chunk. */
export const geminiReader = (collector: AnswerCollector): AnswerReader => {
  const kept: GeminiPart[] = []

  const keep = (part: GeminiPart) => {
    if (isPlainText(part) && part.text === '') return
    const last = kept.at(-1)
    // Only unsigned texts may be joined: a signature belongs to the part it came with.
    if (last !== undefined && isPlainText(last) && isPlainText(part))
      kept[kept.length - 1] = { text: `${last.text}${part.text}` }
    else kept.push(part)
  }

  const readPart = (part: GeminiPart) => {
    if (part.thought === true) return collector.reasoning(part.text ?? '')
    keep(part)
    if (part.functionCall !== undefined) {
      const { id, name, args } = part.functionCall
      collector.toolCall({ id, name, argumentsText: JSON.stringify(args ?? {}) })
    } else collector.text(part.text ?? '')
  }

  const read = (wire: unknown) => {
    const chunk = GeminiChunk.parse(wire)
    const usage = geminiUsage(chunk.usageMetadata)
    if (usage !== null) collector.usage(usage)
    if (chunk.modelVersion !== undefined)
      collector.model(chunk.modelVersion.replace(/^models\//, ''))
    const { error } = chunk
    if (error !== undefined) throw geminiFailure({ ...error, status: error.code ?? 500 })
    const blocked = chunk.promptFeedback?.blockReason
    if (blocked !== undefined) throw geminiBlockedPrompt(blocked)
    const candidate = chunk.candidates?.[0]
    for (const part of candidate?.content?.parts ?? []) readPart(part)
    const reason = candidate?.finishReason
    if (reason === undefined || reason === 'FINISH_REASON_UNSPECIFIED') return
    if (reason === 'STOP') collector.finish('stop')
    else if (reason === 'MAX_TOKENS') collector.finish('length')
    else throw geminiFinishFailure(reason)
  }

  return {
    chunk: read,
    whole: read,
    parts: () => {
      const matters = kept.some(
        ({ functionCall, thoughtSignature }) =>
          functionCall !== undefined || thoughtSignature !== undefined,
      )
      return matters ? kept : undefined
    },
  }
}
