import type { CallWork } from '@maestro/contracts/llm/call-work'
import { describeFailures } from '../strategy/describe-failures.ts'
import type { Candidate } from '../strategy/list-candidates.ts'
import { oneLine, skippedAttempt } from './attempt-facts.ts'
import { type CallEnd, type CallLedger, type SettlementDesk, withAdvice } from './call-ledger.ts'
import type { AttemptOutcome } from './make-attempt.ts'
import { stopReasonOf } from './stop-reason.ts'

/** Writes down what an attempt came to, with its settlement. Null: the call goes on. */
export const recordOutcome = async (
  { ledger, settlements }: { ledger: CallLedger; settlements: SettlementDesk },
  {
    work,
    outcome,
    attempt,
    candidate,
    signal,
  }: {
    work: CallWork
    outcome: AttemptOutcome
    attempt: number
    candidate: Candidate
    signal: AbortSignal
  },
): Promise<CallEnd | null> => {
  const { provider, model, keyId } = candidate
  switch (outcome.kind) {
    case 'refused':
      ledger.add(skippedAttempt(attempt, candidate, 'budget', outcome.reason))
      ledger.noteRefusal(outcome.refusal)
      // Without a price only this model is out of the question.
      if (outcome.by === 'price') return null
      return outcome.by === 'budget'
        ? ledger.fail('budget', withAdvice('budget', outcome.reason))
        : ledger.fail('internal', withAdvice('internal', outcome.reason))

    case 'lost':
      await settlements.put(outcome.settlement)
      settlements.send(outcome.settlement)
      return { kind: 'left' }

    case 'unsent': {
      const { isCancelled, reason, refusal, settlement } = outcome
      ledger.noteRefusal(refusal)
      const isStopped = isCancelled || stopReasonOf(signal) !== null
      ledger.add(skippedAttempt(attempt, candidate, isStopped ? 'cancelled' : 'budget', reason))
      if (isCancelled) return ledger.fail('cancelled', 'The call was cancelled.', settlement)
      if (!isStopped) return ledger.fail('budget', withAdvice('budget', reason), settlement)
      return ledger.goOn(settlement)
    }

    case 'failed': {
      const { failure, latencyMs, costNanoUsd, settlement } = outcome
      // Stopped because its worker goes: the successor has to know it as lost, not as a failure of the provider.
      const isLost = stopReasonOf(signal) === 'stopping'
      ledger.add(
        {
          attempt,
          provider,
          model,
          keyId,
          outcome: isLost ? 'lost' : 'failed',
          failureClass: isLost ? null : failure.failureClass,
          reason: oneLine(failure.message),
          latencyMs,
          costNanoUsd,
          ...(failure.afterContent && { afterContent: true }),
        },
        failure,
      )
      if (!isLost && work.onIncomplete === 'stop' && ledger.isBrokenOff()) {
        const { failureClass } = failure
        const attempts = ledger.attemptsOfAsk()
        const what = 'The answer broke off'
        // In one write with its settlement: what came is with us alone.
        return ledger.fail(
          failureClass,
          describeFailures({ what, attempts, failureClass }),
          settlement,
        )
      }
      return ledger.goOn(settlement)
    }

    case 'answered': {
      const { result, latencyMs, costNanoUsd, firstTokenMs, settlement } = outcome
      ledger.add({
        attempt,
        provider,
        model: result.model,
        keyId,
        outcome: 'answered',
        failureClass: null,
        reason: '',
        latencyMs,
        costNanoUsd,
      })
      const { answer, usage } = result
      return ledger.answer(
        { answer, provider, model: result.model, usage, firstTokenMs },
        settlement,
      )
    }

    default:
      return outcome satisfies never
  }
}
