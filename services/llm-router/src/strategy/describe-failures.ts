import type { AttemptFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import { failureRules } from './failure-rules.ts'

const messageCharactersMax = 1_000

/** What failed and what to do, in one line for people: the last word of each provider, then the advice. */
export const describeFailures = ({
  what,
  attempts,
  failureClass,
}: {
  what: string
  attempts: readonly AttemptFacts[]
  failureClass: FailureClass
}): string => {
  const lastWords = new Map<string, string>()
  for (const { provider, reason, outcome } of attempts) {
    if (outcome !== 'answered') lastWords.set(provider, reason.replace(/\.$/, ''))
  }
  const words = [...lastWords].map(([provider, reason]) => `${provider}: ${reason}`)
  const { advice } = failureRules[failureClass]
  const detail = words.length === 0 ? '' : ` (${words.join('; ')})`
  const roomForDetail = messageCharactersMax - what.length - advice.length - 3
  const shown = detail.length <= roomForDetail ? detail : `${detail.slice(0, roomForDetail - 2)}…)`
  return `${what}${shown}. ${advice}`
}
