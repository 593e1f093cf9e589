import { StepCaps } from '@maestro/contracts/task/step-caps'
import { formatCount } from '../../ui/format-count.ts'
import { formatMoney } from '../../ui/format-money.ts'
import { formatDuration } from '../../ui/format-time.ts'
import { fieldText } from './field-text.ts'

const names: Readonly<Record<string, string>> = {
  agentId: 'agent',
  caps: 'limits',
  forEach: 'once for each',
  gate: 'asks first',
  mode: 'way of working',
  needs: 'what it waits for',
  onFailure: 'after a failure',
  onIncomplete: 'after an answer that broke off',
  parallelMax: 'steps at once',
  retriesMax: 'retries',
  strategy: 'models',
  subPlan: 'plan of its own',
  when: 'condition',
}

/** What a field of a plan is called where people read it. */
export const fieldName = (field: string): string => names[field] ?? field

/** What a field of a plan holds, as people say it; what has no words of its own is told as it is. */
export const fieldWords = (field: string, value: unknown): string => {
  if (field === 'gate') return value === true ? 'A person is asked before it begins.' : ''
  const caps = field === 'caps' ? StepCaps.safeParse(value).data : undefined
  return caps === undefined ? fieldText(value) : capLines(caps).join('\n')
}

const capLines = ({
  turnsMax,
  tokensMax,
  costNanoUsd,
  durationMs,
}: StepCaps): readonly string[] => [
  ...(turnsMax === undefined ? [] : [`at most ${formatCount(turnsMax)} turns of an attempt`]),
  ...(tokensMax === undefined ? [] : [`at most ${formatCount(tokensMax)} tokens`]),
  ...(costNanoUsd === undefined ? [] : [`at most ${formatMoney(costNanoUsd)}`]),
  ...(durationMs === undefined ? [] : [`at most ${formatDuration(durationMs)}`]),
]
