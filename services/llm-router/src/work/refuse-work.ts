import type { CallReply } from '@maestro/contracts/llm/call-work'
import { CallId } from '@maestro/contracts/ids'
import { z } from 'zod'
import { factsOfFailure, oneLine } from '../call/attempt-facts.ts'

/** A reply goes to one subject. */
export const ReplySubject = z.string().regex(/^[^\s*>]+$/)

const Envelope = z.object({ callId: CallId, replyTo: ReplySubject })

/** What somebody hears who asked for what no worker can do; null where nobody can be told. Nothing was held, sent or written. */
export const refuseWork = (
  wire: unknown,
  problem: z.ZodError,
): { replyTo: string; reply: CallReply } | null => {
  const { success, data } = Envelope.safeParse(wire)
  if (!success) return null
  const [issue] = problem.issues
  const what = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`
  const message = oneLine(
    `The router does not take this call${what}. Nothing was sent or reserved; correct it and ask again.`,
  )
  return {
    replyTo: data.replyTo,
    reply: {
      outcome: 'failed',
      callId: data.callId,
      failure: { class: 'invalid_request', message, refusal: null },
      facts: factsOfFailure([], 0),
    },
  }
}
