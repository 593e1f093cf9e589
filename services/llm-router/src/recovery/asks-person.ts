import type { RecoveryStrategy } from '@maestro/contracts/llm/recovery-strategy'

/** Whether a person is asked when a call has ended for this. */
export const asksPerson = (strategy: RecoveryStrategy): boolean =>
  strategy.do === 'ask' || ('afterwards' in strategy && strategy.afterwards === 'ask')
