import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import { type FailureQuestion, triedMax } from '@maestro/contracts/task/failure-question'

/** The last tries of a call, as a person reads them. */
export const triedOf = (facts: CallFacts | null): FailureQuestion['tried'] =>
  (facts?.attempts ?? [])
    .slice(-triedMax)
    .map(({ provider, model, outcome, failureClass, reason }) => ({
      provider,
      model,
      outcome,
      failureClass,
      reason,
    }))
