import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { historyAnalyticsQuery } from '../../../api/analytics.ts'
import { type HomePeriod, paths } from '../../../paths.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatMoney } from '../../../ui/format-money.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { QueryFailure } from '../../QueryFailure.tsx'
import { chartDaysMin, periodBounds } from '../home-period.ts'
import { MoreLink } from '../MoreLink.tsx'
import { DayChart } from './DayChart.tsx'
import { DayTable } from './DayTable.tsx'

/** What calls cost, day by day. The ledger, which books a moment later, is told on the page of costs. */
export const SpendPanel = ({ period }: { period: HomePeriod }) => {
  const days = Math.max(chartDaysMin, periodBounds[period].days)
  const query = useQuery(historyAnalyticsQuery(useApp().http, days))
  const [isTable, setIsTable] = useState(false)
  const { data } = query
  if (data === undefined)
    return query.isError ? (
      <QueryFailure what="The spend" error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows rows={3} label="Loading the spend" />
    )
  const lines = data.days.map(({ calls, ...day }) => ({
    ...day,
    calls: calls.calls,
    costNanoUsd: nanoUsdFromText(calls.costUsd),
  }))
  return (
    <>
      {query.isError && (
        <QueryFailure
          what="The spend"
          error={query.error}
          shownOf={query.dataUpdatedAt}
          onRetry={() => void query.refetch()}
        />
      )}
      <p className="tnum flex flex-wrap items-center gap-x-3 px-4 pb-2 text-13 text-text-2">
        <span className="text-20 font-semibold tracking-tight text-text">
          {formatMoney(nanoUsdFromText(data.calls.costUsd))}
        </span>
        in {lines.length} days, today included
        <span className="grow" />
        <Button
          look="quiet"
          size="small"
          aria-pressed={isTable}
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? 'View as chart' : 'View as table'}
        </Button>
      </p>
      {isTable ? <DayTable lines={lines} /> : <DayChart lines={lines} />}
      <MoreLink to={paths.costs()}>Costs, by the ledger</MoreLink>
    </>
  )
}
