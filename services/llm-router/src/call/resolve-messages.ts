import type { CallWork, TextPart } from '@maestro/contracts/llm/call-work'
import { Answer, type ProviderName } from '@maestro/contracts/llm/chat'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { ChatMessage } from '../providers/provider-adapter.ts'

/** A message with its texts in place, before it is known who reads it. */
export type ResolvedMessage =
  | Exclude<ChatMessage, { role: 'assistant' }>
  | { role: 'assistant'; answer: Answer }

export type ReadText = (ref: PayloadRef) => Promise<string>

/** Fetches what the work names by reference (I7), all at once. @throws {AppError} `NOT_FOUND`, or an outage. */
export const resolveMessages = async (
  work: Pick<CallWork, 'messages'>,
  readText: ReadText,
): Promise<readonly ResolvedMessage[]> => {
  const textOf = async (parts: readonly TextPart[]) => {
    const texts = await Promise.all(
      parts.map(async (part) => ('text' in part ? part.text : readText(part.ref))),
    )
    return texts.join('')
  }
  return Promise.all(
    work.messages.map(async (message): Promise<ResolvedMessage> => {
      switch (message.role) {
        case 'assistant':
          return {
            role: 'assistant',
            answer: Answer.parse(JSON.parse(await readText(message.answer))),
          }
        case 'tool': {
          const { role, toolCallId, name } = message
          return { role, toolCallId, name, text: await textOf(message.content) }
        }
        default:
          return { role: message.role, text: await textOf(message.content) }
      }
    }),
  )
}

/**
 * As one model may read them. What only another model understands (thought signatures) is left out
 * on purpose: sent to the wrong one it makes the request invalid. Reasoning is never sent back.
 */
export const messagesFor = (
  messages: readonly ResolvedMessage[],
  reader: { provider: ProviderName; model: string },
): readonly ChatMessage[] =>
  messages.map((message) => {
    if (message.role !== 'assistant') return message
    const { text, toolCalls, providerParts } = message.answer
    const isOwn =
      providerParts?.provider === reader.provider && providerParts.model === reader.model
    return { role: 'assistant', text, toolCalls, providerParts: isOwn ? providerParts : null }
  })
