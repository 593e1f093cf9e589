import type { BudgetLevel } from '@maestro/contracts/budget/budget-endpoints'
import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { type NanoUsd, nanoUsd, nanoUsdToText, noMoney } from '@maestro/contracts/money/nano-usd'
import type { Amount } from '../booking/amount.ts'

/** One budget in one window, with what people were told about it. */
export type Level = BudgetLevel & {
  readonly levelId: string
  /** The highest share of the limit that people were told of, in percent. */
  readonly alertedPercent: number
  /** People were told that the limit is reached. */
  readonly limitTold: boolean
  /** It refused a request just now because what is left does not suffice. */
  readonly hasRefused: boolean
}

export const levelIdOf = ({ id, period, windowStart }: Omit<Level, 'levelId'> | BudgetLevel) =>
  `${id}/${period}/${windowStart}`

const everStart = new Date(0).toISOString()
const taskWindow = { period: 'once', windowStart: everStart, windowEnd: null } as const

export const taskLevelIdOf = (taskId: TaskId) => `${taskId}/once/${everStart}`

const untouched = {
  settledNanoUsd: noMoney,
  reservedNanoUsd: noMoney,
  alertedPercent: 0,
  limitTold: false,
  hasRefused: false,
} as const

export const newTaskLevel = (taskId: TaskId, limitNanoUsd: NanoUsd): Level => ({
  levelId: taskLevelIdOf(taskId),
  scope: 'task',
  id: taskId,
  ...taskWindow,
  limitNanoUsd,
  ...untouched,
})

export type Window = Pick<Level, 'period' | 'windowStart' | 'windowEnd'>

export const newGlobalLevel = (window: Window, limitNanoUsd: NanoUsd): Level => {
  const level = { scope: 'global', id: 'global', ...window, limitNanoUsd, ...untouched } as const
  return { ...level, levelId: levelIdOf(level) }
}

type Refusal = BudgetRefusal

/** Calls last seconds: by then the first of those in flight has settled. */
const retryAfterMs = 1_000

/** Why this level cannot hold so much more; null when it can. What costs nothing always fits. */
export const refusalOf = (level: Level, holdingNanoUsd: NanoUsd): AppError | null => {
  const { settledNanoUsd, reservedNanoUsd, limitNanoUsd } = level
  if (holdingNanoUsd === 0) return null
  if (settledNanoUsd + reservedNanoUsd + holdingNanoUsd <= limitNanoUsd) return null
  const refuse = (code: Refusal['code'], more: Partial<Refusal>, said = {}) => {
    const refusal: Refusal = {
      code,
      budget: {
        budgetId: level.id,
        scope: level.scope,
        id: level.id,
        unit: 'nano-usd',
        action: 'ask',
        limit: limitNanoUsd,
        settled: settledNanoUsd,
        reserved: reservedNanoUsd,
        needed: holdingNanoUsd,
      },
      until: null,
      retryAfterMs: null,
      ...more,
    }
    return new AppError(code, { ...details, ...more, ...said, refusal })
  }
  const details = {
    scope: level.scope,
    id: level.id,
    limitUsd: nanoUsdToText(limitNanoUsd),
    spentUsd: nanoUsdToText(settledNanoUsd),
    neededUsd: nanoUsdToText(holdingNanoUsd),
  }
  if (holdingNanoUsd > limitNanoUsd) return refuse('BUDGET_TOO_SMALL', {})
  if (settledNanoUsd + holdingNanoUsd > limitNanoUsd)
    return refuse('BUDGET_EXHAUSTED', { until: level.windowEnd })
  const inFlightUsd = nanoUsdToText(reservedNanoUsd)
  return refuse('BUDGET_IN_FLIGHT', { retryAfterMs }, { inFlightUsd })
}

export const toBudgetLevel = (level: Level): BudgetLevel => ({
  scope: level.scope,
  id: level.id,
  period: level.period,
  windowStart: level.windowStart,
  windowEnd: level.windowEnd,
  limitNanoUsd: level.limitNanoUsd,
  settledNanoUsd: level.settledNanoUsd,
  reservedNanoUsd: level.reservedNanoUsd,
})

export const moved = (
  level: Level,
  { settled, reserved }: { settled: Amount; reserved: Amount },
): Level => ({
  ...level,
  settledNanoUsd: nanoUsd(level.settledNanoUsd + settled.nanoUsd),
  reservedNanoUsd: nanoUsd(level.reservedNanoUsd + reserved.nanoUsd),
})
