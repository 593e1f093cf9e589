import { roleOf } from '@maestro/contracts/ids'
import type { CostLine } from '@maestro/contracts/budget/cost-endpoints'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { SpendBy } from '../../api/spend.ts'
import { providerNames } from '../provider-names.ts'

const operations: Record<CallPurpose, string> = {
  plan: 'Designing teams and plans',
  'judge-agents': 'Judging teams',
  'judge-plan': 'Judging plans',
  step: 'Work of steps',
  observe: 'Judging results',
  embed: 'Finding like requests',
}

type Keys = Pick<CostLine, 'provider' | 'model' | 'agentId' | 'taskId' | 'purpose' | 'day'>

/** What a line of the ledger is of, as people call it. */
export const spendName = (by: SpendBy, line: Keys): string => {
  const { provider, model, agentId, taskId, purpose, day } = line
  switch (by) {
    case 'day':
      return day ?? ''
    case 'provider':
      return provider === undefined ? '' : providerNames[provider]
    case 'model':
      return `${provider === undefined ? '' : providerNames[provider]} ${model ?? ''}`.trim()
    case 'agentId':
      return agentId ? roleOf(agentId) : 'Drafting of plans'
    case 'taskId':
      return taskId ?? ''
    case 'purpose':
      return purpose === undefined ? '' : operations[purpose]
    default:
      return by satisfies never
  }
}
