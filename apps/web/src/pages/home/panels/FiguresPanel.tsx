import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { useQuery } from '@tanstack/react-query'
import { metricsQuery } from '../../../api/analytics.ts'
import type { HomePeriod } from '../../../paths.ts'
import { useApp } from '../../../shell/app-context.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatDate, formatDuration } from '../../../ui/format-time.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { QueryFailure } from '../../QueryFailure.tsx'
import { periodBounds } from '../home-period.ts'
import { PanelNote } from '../PanelNote.tsx'

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** Tasks, calls and money of the last hours. */
export const FiguresPanel = ({ period }: { period: HomePeriod }) => {
  const query = useQuery(metricsQuery(useApp().http, periodBounds[period].hours))
  const { data } = query
  if (data === undefined)
    return query.isError ? (
      <QueryFailure what="The figures" error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows rows={3} label="Loading the figures" />
    )
  const { active, tasks, successRate, calls, from } = data
  const ended = tasks.succeeded + tasks.failed
  const figures = [
    { name: 'Tasks that go on', value: formatCount(active), more: 'now' },
    { name: 'Succeeded', value: formatCount(tasks.succeeded), more: null },
    {
      name: 'Failed',
      value: formatCount(tasks.failed),
      more: tasks.cancelled > 0 ? `and ${formatCount(tasks.cancelled)} cancelled` : null,
    },
    {
      name: 'Success',
      value: successRate === null ? '–' : percent(successRate),
      more:
        ended === 0 ? 'no task ended' : `${formatCount(tasks.succeeded)} of ${formatCount(ended)}`,
    },
    {
      name: 'Duration, median',
      value: tasks.medianDurationMs === null ? '–' : formatDuration(tasks.medianDurationMs),
      more: null,
    },
    {
      name: 'Cost',
      value: formatMoney(nanoUsdFromText(calls.costUsd)),
      more: `${formatCount(calls.calls)} calls, ${formatCount(calls.failed)} failed`,
    },
    { name: 'Tokens in', value: formatCount(calls.inputTokens), more: null },
    { name: 'Tokens out', value: formatCount(calls.outputTokens), more: null },
  ]
  return (
    <>
      {query.isError && (
        <QueryFailure
          what="The figures"
          error={query.error}
          shownOf={query.dataUpdatedAt}
          onRetry={() => void query.refetch()}
        />
      )}
      <PanelNote>Since {formatDate(Date.parse(from))}</PanelNote>
      <dl className="tnum grid grid-cols-2 gap-x-4 gap-y-4 px-4 @2xl:grid-cols-4">
        {figures.map(({ name, value, more }) => (
          <div key={name} className="min-w-0">
            <dt className="text-13 text-text-2">{name}</dt>
            <dd className="truncate text-20 font-semibold tracking-tight">{value}</dd>
            {more !== null && <dd className="text-12 text-text-3">{more}</dd>}
          </div>
        ))}
      </dl>
    </>
  )
}
