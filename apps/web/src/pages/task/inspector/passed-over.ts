import type { ConsideredModel } from '@maestro/contracts/llm/call-decision'
import type { CallFacts } from '@maestro/contracts/llm/call-facts'

/** Those that stood before the one that answered and were not asked, in their order, each with its reason. */
export const passedOver = ({ decision, attempts, provider }: CallFacts): ConsideredModel[] => {
  const considered = decision?.considered ?? []
  const end = considered.findIndex((candidate) => candidate.provider === provider)
  const asked = new Set(attempts.map((attempt) => attempt.provider))
  return considered
    .slice(0, end < 0 ? considered.length : end)
    .filter((candidate) => candidate.state !== 'ready' && !asked.has(candidate.provider))
}
