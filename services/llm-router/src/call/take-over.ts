import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { OpenCall } from '../journal/call-record.ts'
import { lostAttempt } from './attempt-facts.ts'
import type { CallEnd, CallLedger } from './call-ledger.ts'

/**
 * Clears up what an earlier owner left. Its attempt in flight cannot be decided: it is booked at its
 * estimate, counted and shown as lost. If none was in flight, it may have died between reserving and
 * sending: that number is passed over, and its reservation freed. Null: the call can go on.
 */
export const takeOver = async (
  ledger: CallLedger,
  { work: { callId }, open }: { work: CallWork; open: OpenCall },
): Promise<CallEnd | null> => {
  if (open.inFlight !== null) {
    const { attempt, model, sentAt } = open.inFlight
    ledger.add(lostAttempt(open.inFlight, Date.now()))
    const attemptId = `${callId}.${attempt}`
    return ledger.goOn({ attemptId, callId, kind: 'settle', model, usage: null, sentAt })
  }
  if (open.fence === 1) return null
  const attemptId = `${callId}.${ledger.nextNumber()}`
  const sentAt = new Date().toISOString()
  return ledger.goOn({ attemptId, callId, kind: 'release', model: 'none', usage: null, sentAt })
}
