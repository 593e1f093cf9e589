import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type SpendBy, spendBy, spendQuery } from '../../api/spend.ts'
import { recentTasksQuery } from '../../api/tasks.ts'
import { paths } from '../../paths.ts'
import { useApp } from '../../shell/app-context.ts'
import { classes } from '../../ui/classes.ts'
import { formatCount, formatPlural } from '../../ui/format-count.ts'
import { formatMoney } from '../../ui/format-money.ts'
import { Meter } from '../../ui/Meter.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { QueryFailure } from '../QueryFailure.tsx'
import { spendName } from './spend-name.ts'

const labels: Record<SpendBy, string> = {
  day: 'Day',
  provider: 'Provider',
  model: 'Model',
  agentId: 'Agent',
  taskId: 'Task',
  purpose: 'Operation',
}

/** Where money went in the last 30 days, by the ledger. */
export const SpendBreakdown = () => {
  const [by, setBy] = useState<SpendBy>('day')
  const { http } = useApp()
  const { data, isPending, isError, error, refetch } = useQuery(spendQuery(http, by))
  // The ledger knows tasks by their ids alone; the page has asked for the newest of them already.
  const tasks = useQuery({ ...recentTasksQuery(http), enabled: by === 'taskId' })
  const titles = new Map(tasks.data?.items.map(({ taskId, title }) => [taskId, title]))
  const lines = (data?.items ?? []).map((line) => ({
    ...line,
    name: spendName(by, line),
    costNanoUsd: nanoUsdFromText(line.costUsd),
  }))
  const most = Math.max(1, ...lines.map(({ costNanoUsd }) => costNanoUsd))
  return (
    <section aria-labelledby="spend" className="border-b border-line pb-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-6 pb-3">
        <h2 id="spend" className="text-14 font-semibold">
          Where it went
          <span className="ml-2 font-normal text-text-3">the last 30 days, by the ledger</span>
        </h2>
        <div className="max-w-full overflow-x-auto py-0.5">
          <Segments
            label="Told apart by"
            size="small"
            value={by}
            options={spendBy.map((value) => ({ value, label: labels[value] }))}
            onValue={setBy}
          />
        </div>
        {data && (
          <span className="tnum ml-auto text-14 font-medium">
            {formatMoney(nanoUsdFromText(data.total.costUsd))}
          </span>
        )}
      </div>
      {isPending && <SkeletonRows rows={3} label="Loading where money went" />}
      {isError && (
        <QueryFailure what="Where money went" error={error} onRetry={() => void refetch()} />
      )}
      {data && lines.length === 0 && (
        <p className="px-4 text-14 text-text-2">Nothing was booked in the last 30 days.</p>
      )}
      <ul aria-label={`Spend by ${labels[by].toLowerCase()}`}>
        {lines.map(({ name, taskId, costNanoUsd, inputTokens, outputTokens, attempts }) => (
          <li
            key={name}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 py-1.5 text-13 md:grid-cols-[minmax(0,240px)_minmax(0,1fr)_220px_100px]"
          >
            {taskId === undefined ? (
              <span className="truncate font-medium">{name}</span>
            ) : (
              <Link
                to={paths.task()}
                params={{ taskId }}
                title={name}
                className={classes(
                  'truncate font-medium hover:underline',
                  !titles.has(taskId) && 'font-mono text-12',
                )}
              >
                {titles.get(taskId) ?? name}
              </Link>
            )}
            <Meter
              label={`Spend of ${name}`}
              text={formatMoney(costNanoUsd)}
              max={most}
              parts={[{ value: costNanoUsd, tone: 'bg-text-2' }]}
              className="w-full max-md:hidden"
            />
            <span className="tnum truncate text-right text-12 text-text-3 max-md:hidden">
              {formatCount(inputTokens)} in · {formatCount(outputTokens)} out ·{' '}
              {formatPlural(attempts, 'call')}
            </span>
            <span className="tnum text-right font-medium">{formatMoney(costNanoUsd)}</span>
          </li>
        ))}
      </ul>
      {data && data.total.lines > lines.length && (
        <p className="px-4 pt-2 text-13 text-text-3">
          And {formatCount(data.total.lines - lines.length)} more, each cheaper than these.
        </p>
      )}
    </section>
  )
}
