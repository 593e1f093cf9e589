import { createHash } from 'node:crypto'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import { z } from 'zod'
import type { ResolvedMessage } from '../call/resolve-messages.ts'
import type { Candidate } from '../strategy/list-candidates.ts'
import { canonicalJson } from './canonical-json.ts'

/** Who may be answered with whose answers. */
export const CacheScope = z.enum(['user', 'everyone'])
export type CacheScope = z.infer<typeof CacheScope>

/** Changes whenever what a key is made of does, so that no old answer is taken for a new question. */
const keyVersion = 2

/**
 * The SHA-256 of everything that an answer depends on: two calls with the same key ask the same
 * models the same thing. Who asks is part of it, unless the system shares answers: what one user has
 * learnt from a model must not show to another.
 */
export const requestKey = ({
  work: { userId, purpose, providers, model, strategy, tools, outputSchema, outputTokensMax },
  messages,
  candidates,
  scope,
}: {
  work: Pick<
    CallWork,
    | 'userId'
    | 'purpose'
    | 'providers'
    | 'model'
    | 'strategy'
    | 'tools'
    | 'outputSchema'
    | 'outputTokensMax'
  >
  /** With their texts in place: the same text by another reference is the same text. */
  messages: readonly ResolvedMessage[]
  /** Those that can be asked as the system is configured now: a key that is added, or another default model, makes another question. */
  candidates: readonly Pick<Candidate, 'provider' | 'model'>[]
  scope: CacheScope
}): string => {
  const asked = {
    keyVersion,
    reader: scope === 'user' ? `user ${userId}` : 'everyone',
    // What is asked, not what for.
    wants: purpose === 'embed' ? 'vectors' : 'answer',
    providers,
    model,
    strategy,
    candidates: [...new Set(candidates.map((one) => `${one.provider} ${one.model}`))].sort(),
    messages: messages.map(asSent),
    tools,
    outputSchema,
    outputTokensMax,
  }
  return createHash('sha256').update(canonicalJson(asked)).digest('hex')
}

/** Reasoning and the way an answer ended are never sent back. */
const asSent = (message: ResolvedMessage) => {
  if (message.role !== 'assistant') return message
  const { text, toolCalls, providerParts } = message.answer
  return { role: message.role, text, toolCalls, providerParts }
}
