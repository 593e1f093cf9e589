import type { CallReply } from '@maestro/contracts/llm/call-work'
import type { CallId } from '@maestro/contracts/ids'
import { payloadChunkBytesMax } from '@maestro/contracts/payload/payload-ref'
import type { CallEnd } from '../call/call-ledger.ts'

/** A message holds 1 MiB, facts and headers included; a longer answer is read by its reference. */
const answerBytesMax = payloadChunkBytesMax

export const callReply = (callId: CallId, end: Exclude<CallEnd, { kind: 'left' }>): CallReply => {
  if (end.kind === 'failed') {
    const { failure, facts } = end
    return { outcome: 'failed', callId, failure, facts }
  }
  const { answerRef, facts } = end
  // The journaled answer is this JSON, so its reference knows how long it is.
  const answer = answerRef.bytes <= answerBytesMax ? end.answer : null
  if (end.kind === 'answered') return { outcome: 'answered', callId, answer, answerRef, facts }
  return { outcome: 'incomplete', callId, answer, answerRef, incomplete: end.incomplete, facts }
}
