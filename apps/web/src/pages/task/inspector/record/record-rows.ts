import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import type { HistoryAnalytics } from '../../../../api/analytics.ts'
import { formatCount } from '../../../../ui/format-count.ts'
import { formatMoney } from '../../../../ui/format-money.ts'
import { timePerCall } from '../../../time-per-call.ts'

export type Figures = HistoryAnalytics['agents'][number]

/** Of an agent that is not among those that were asked. */
export const figuresOf = (agents: readonly Figures[], agent: string): Figures =>
  agents.find((one) => one.agent === agent) ?? {
    agent,
    calls: 0,
    failed: 0,
    reused: 0,
    retries: 0,
    fallbacks: 0,
    lost: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: '0',
    latencyMs: 0,
  }

/** What is told of an agent's calls, by name, in words. */
export const recordRows: readonly (readonly [string, (figures: Figures) => string])[] = [
  ['Calls', ({ calls }) => formatCount(calls)],
  ['Failed', ({ failed }) => formatCount(failed)],
  ['Retries', ({ retries }) => formatCount(retries)],
  ['Fallbacks', ({ fallbacks }) => formatCount(fallbacks)],
  ['Reused', ({ reused }) => formatCount(reused)],
  ['Tokens in', ({ inputTokens }) => formatCount(inputTokens)],
  ['Tokens out', ({ outputTokens }) => formatCount(outputTokens)],
  ['Cost', ({ costUsd }) => formatMoney(nanoUsdFromText(costUsd))],
  ['Time a call', timePerCall],
]
