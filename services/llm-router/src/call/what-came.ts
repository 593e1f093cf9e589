import type { AttemptFacts, CallFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import type { Answer } from '@maestro/contracts/llm/chat'
import { noUsage } from '@maestro/contracts/money/cost-of'
import type { ProviderFailure } from '../providers/provider-failure.ts'

/** An answer or a part of one, with who said it. */
export type Said = { answer: Answer } & Pick<
  CallFacts,
  'provider' | 'model' | 'usage' | 'firstTokenMs'
>

/** What came before these is no part of an answer that anybody wants. */
const spoilt: ReadonlySet<FailureClass> = new Set(['content_blocked', 'model_output', 'cancelled'])
/** Nobody wants it any more; or the same question is asked again when there is money. */
const keptBack: ReadonlySet<FailureClass> = new Set(['cancelled', 'budget'])

/** What had come when an attempt broke off; null: nothing of use, or it did not break off. */
export const whatCame = (
  { outcome, provider, model, failureClass }: AttemptFacts,
  failure: ProviderFailure | undefined,
): Said | null => {
  const answer = failure?.brokenOff ?? null
  if (answer === null || outcome !== 'failed') return null
  if (failureClass === null || spoilt.has(failureClass)) return null
  return { answer, provider, model, usage: failure?.usage ?? noUsage, firstTokenMs: null }
}

/** Whether a call that ends like this hands out what came of its answer. */
export const isHandedOut = (failureClass: FailureClass): boolean => !keptBack.has(failureClass)
