import type { RecoveryStrategy } from '@maestro/contracts/llm/recovery-strategy'
import { formatDuration } from '../../../ui/format-time.ts'

const endWords = {
  'fall-back': 'the next provider is asked',
  ask: 'a person is asked',
  fail: 'the call has failed',
} as const

/** What a call does after a failure, as a sentence. */
export const recoveryWords = (strategy: RecoveryStrategy): string => {
  switch (strategy.do) {
    case 'retry': {
      const { triesMax, backoffMsBase, backoffMsMax, afterwards } = strategy
      return `The same provider again, at most ${triesMax} tries, ${formatDuration(backoffMsBase)} to ${formatDuration(backoffMsMax)} apart; then ${endWords[afterwards]}.`
    }
    case 'wait': {
      const { triesMax, waitMsMax, lastResortWaitMsMax, afterwards } = strategy
      return `Waits as it is told, up to ${formatDuration(waitMsMax)} (${formatDuration(lastResortWaitMsMax)} when nobody else is left), at most ${triesMax} tries; then ${endWords[afterwards]}.`
    }
    case 'repair':
      return `The same provider mends its answer, at most ${strategy.triesMax} tries; then ${endWords[strategy.afterwards]}.`
    case 'fall-back':
      return 'The next provider is asked at once.'
    case 'ask':
      return 'A person says how it goes on.'
    case 'fail':
      return 'The call has failed.'
    default:
      return strategy satisfies never
  }
}
