import type { MoneyBudgetLine } from '@maestro/contracts/gateway/routes/budget-routes'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { Pencil, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { formatLimit, formatMoney } from '../../ui/format-money.ts'
import { formatDate } from '../../ui/format-time.ts'
import { Meter } from '../../ui/Meter.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { isNearLimit } from '../../ui/is-near-limit.ts'

const ChangeLimit = lazyPart(() => import('./ChangeLimit.tsx').then((module) => module.ChangeLimit))

const periodLabels: Record<MoneyBudgetLine['period'], string> = {
  once: 'in all',
  daily: 'a day',
  weekly: 'a week',
  monthly: 'a month',
  yearly: 'a year',
}

/** The limit over everything: no call starts that it could not pay. */
export const GlobalBudget = ({ level }: { level: MoneyBudgetLine }) => {
  const [isChanging, setIsChanging] = useState(false)
  const limit = nanoUsdFromText(level.limitUsd)
  const settled = nanoUsdFromText(level.settledUsd)
  const reserved = nanoUsdFromText(level.reservedUsd)
  const isNear = isNearLimit(settled + reserved, limit)
  return (
    <section aria-label="Global limit" className="border-b border-line px-4 py-5">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h2 className="text-13 text-text-2">Spent under the global limit</h2>
          <p className="tnum mt-1 flex items-baseline gap-2">
            <span className="text-32 font-semibold tracking-tight">{formatMoney(settled)}</span>
            <span className="text-16 text-text-2">
              of {formatLimit(limit)} {periodLabels[level.period]}
            </span>
          </p>
        </div>
        <Button icon={Pencil} onClick={() => setIsChanging(true)}>
          Change limit
        </Button>
      </div>
      <Meter
        label="Global limit"
        text={`${formatMoney(settled)} spent and ${formatMoney(reserved)} held of ${formatLimit(limit)}`}
        max={limit}
        parts={[
          { value: settled, tone: isNear ? 'bg-waiting' : 'bg-accent' },
          { value: reserved, tone: isNear ? 'bg-waiting' : 'bg-accent', hatched: true },
        ]}
        className="mt-4 h-2! w-full"
      />
      <p className="facts tnum mt-2 text-13 text-text-2">
        {isNear && (
          <span className="inline-flex items-center gap-1.5 font-medium text-waiting">
            <TriangleAlert aria-hidden size={14} />
            Little is left: calls are refused before the limit is passed
          </span>
        )}
        <span>{formatMoney(reserved)} held by calls in flight</span>
        <span>{formatMoney(Math.max(0, limit - settled - reserved))} left</span>
        {level.windowEnd !== null && (
          <span>starts anew {formatDate(Date.parse(level.windowEnd))}</span>
        )}
      </p>
      {isChanging && <ChangeLimit level={level} onClose={() => setIsChanging(false)} />}
    </section>
  )
}
