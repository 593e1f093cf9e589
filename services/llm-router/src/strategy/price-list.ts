import { getPrices } from '@maestro/contracts/budget/budget-endpoints'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { costOf, type Rate } from '@maestro/contracts/money/cost-of'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Call } from '@maestro/service-kit/call'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import type { z } from 'zod'

type Price = Pick<
  z.infer<typeof getPrices.output>['items'][number],
  'rate' | 'validFrom' | 'validUntil'
>

/** Prices change seldom; until they are read again a call may only be sent to somebody who is not the cheapest. */
const readEveryMs = 5 * 60_000
/** While budget is away. */
const readAgainMs = 5_000

/** What calls are expected to cost, from budget's price table as it was minutes ago. */
export type PriceList = {
  /** Null: no price is known. */
  expected: (
    asked: { provider: ProviderName; model: string },
    size: { inputBytes: number; outputTokensMax: number },
  ) => NanoUsd | null
  stop: () => void
}

export const startPriceList = ({ call, log }: { call: Call; log: Logger }): PriceList => {
  const outage = createOutageLog({
    log,
    away: 'prices are not known; nobody is preferred for its price',
    back: 'prices are known again',
  })
  let byModel = new Map<string, readonly Price[]>()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const read = async () => {
    try {
      const { items } = await call(getPrices, {})
      byModel = Map.groupBy(items, ({ rate }) => `${rate.provider} ${rate.model}`)
      outage.worked()
      return readEveryMs
    } catch (error) {
      outage.failed(error)
      return readAgainMs
    }
  }
  const readAgain = async () => {
    const waitMs = await read()
    if (!isStopped) timer = setTimeout(() => void readAgain(), waitMs)
  }
  void readAgain()

  return {
    expected: ({ provider, model }, size) => {
      const prices = byModel.get(`${provider} ${model}`) ?? byModel.get(`${provider} *`) ?? []
      const now = new Date().toISOString()
      const price = prices.find(
        ({ validFrom, validUntil }) =>
          validFrom <= now && (validUntil === null || now < validUntil),
      )
      return price === undefined ? null : expectedCost(price.rate, size)
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** English has about four bytes a token. */
const bytesPerToken = 4
/** What an answer has as a rule: the bound is for the worst case, and would make every call look dear. */
const usualOutputTokens = 1_000

/** To compare models by, not to hold money for: an expectation where a reservation is a bound. */
export const expectedCost = (
  rate: Rate,
  { inputBytes, outputTokensMax }: { inputBytes: number; outputTokensMax: number },
): NanoUsd =>
  costOf(
    {
      inputTokens: Math.ceil(inputBytes / bytesPerToken),
      cachedInputTokens: 0,
      outputTokens: Math.min(outputTokensMax, usualOutputTokens),
      reasoningTokens: 0,
    },
    rate,
  )
