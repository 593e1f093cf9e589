import type { embedTexts } from '@maestro/contracts/llm/embed-endpoints'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import { AppError } from '@maestro/contracts/errors'
import { payloadChunkBytesMax } from '@maestro/contracts/payload/payload-ref'
import type { z } from 'zod'
import type { CallRunner } from '../call/call-runner.ts'
import { readVectors } from './write-vectors.ts'

type Asked = z.infer<typeof embedTexts.input>
type Reply = z.infer<typeof embedTexts.output>

/** Requests for vectors that this worker answers at once: beside its calls, and few enough to leave its other endpoints room. */
const inFlightMax = 64

/** Makes a call of a request for vectors, and runs it like any other. @throws {AppError} `RATE_LIMITED`, `UNAVAILABLE`. */
export const createEmbedTexts = ({ runner }: { runner: Pick<CallRunner, 'answer'> }) => {
  let inFlight = 0
  return async (asked: Asked): Promise<Reply> => {
    if (inFlight >= inFlightMax) throw new AppError('RATE_LIMITED', { inFlightMax })
    inFlight += 1
    try {
      return await answer(runner, asked)
    } finally {
      inFlight -= 1
    }
  }
}

const answer = async (runner: Pick<CallRunner, 'answer'>, asked: Asked): Promise<Reply> => {
  const { callId } = asked
  const end = await runner.answer({ work: toWork(asked), askedAt: new Date() })
  switch (end.kind) {
    case 'left':
      throw new AppError('UNAVAILABLE', { what: 'llm-router', callId })
    case 'incomplete':
      throw new Error('vectors are never cut')
    case 'failed':
      return { outcome: 'failed', callId, failure: end.failure, facts: end.facts }
    case 'answered': {
      const { answerRef, facts } = end
      const isSmall = answerRef.bytes <= payloadChunkBytesMax
      const vectors = isSmall ? readVectors(end.answer.text) : null
      return { outcome: 'answered', callId, vectors, answerRef, facts }
    }
    default:
      return end satisfies never
  }
}

const toWork = ({ texts, deadlineMs, ...asked }: Asked): CallWork => ({
  ...asked,
  purpose: 'embed',
  messages: texts.map((text) => ({ role: 'user', content: [{ text }] })),
  tools: [],
  outputSchema: null,
  // Vectors are not billed as output; a reservation wants a bound.
  outputTokensMax: 1,
  deadlineAt: new Date(Date.now() + deadlineMs).toISOString(),
  // The reply goes to whoever asked the endpoint.
  replyTo: 'rpc',
})
