import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { useQuery } from '@tanstack/react-query'
import { globalProjectionQuery } from '../../api/spend.ts'
import { useApp } from '../../shell/app-context.ts'
import { formatMoney } from '../../ui/format-money.ts'
import { formatDate } from '../../ui/format-time.ts'

/** What the global limit comes to at the rate of late. Nothing where that is not known: the limit itself is told above. */
export const BudgetOutlook = () => {
  const projection = useQuery(globalProjectionQuery(useApp().http)).data?.projection
  if (projection?.unit !== 'usd') return null
  const { perDayUsd, settledAtEndUsd, reachedAt } = projection
  return (
    <div className="border-b border-line px-4 py-3">
      <p className="facts tnum text-13 text-text-2">
        <span>{formatMoney(nanoUsdFromText(perDayUsd))} a day of late</span>
        {settledAtEndUsd !== null && (
          <span>
            {formatMoney(nanoUsdFromText(settledAtEndUsd))} when the window ends, at this rate
          </span>
        )}
        <span className={reachedAt === null ? undefined : 'font-medium text-waiting'}>
          {reachedAt === null
            ? 'The limit is not reached at this rate'
            : `The limit is reached ${formatDate(Date.parse(reachedAt))}, at this rate`}
        </span>
      </p>
    </div>
  )
}
