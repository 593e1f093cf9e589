import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { taskLedgerCsv, taskLedgerQuery } from '../../../api/task-costs.ts'
import { useApp } from '../../../shell/app-context.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { QueryFailure } from '../../QueryFailure.tsx'
import { useTaskSession, useView } from '../task-context.ts'
import { exactMoney } from './exact-money.ts'
import { Figure } from './Figure.tsx'

/** What the ledger has booked. It knows no positions: this is always now. */
export const LedgerOfTask = () => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const createdAt = useView(({ headTask }) =>
    headTask.status === 'unborn' ? '' : headTask.createdAt,
  )
  const told = useView(({ headTask }) =>
    headTask.status === 'unborn' ? 0 : headTask.totals.costNanoUsd,
  )
  const ledger = useQuery(taskLedgerQuery(http, { taskId, createdAt }))
  const total = ledger.data?.total
  const booked = total === undefined ? 0 : nanoUsdFromText(total.costUsd)
  return (
    <section aria-label="Ledger" className="px-4 py-4">
      <h2 className="mb-2 flex items-baseline justify-between text-13 font-semibold">
        Ledger
        <span className="font-normal text-text-3">as of now</span>
      </h2>
      {ledger.isPending && <Skeleton className="h-16" />}
      {ledger.isError && (
        <QueryFailure
          what="The ledger"
          error={ledger.error}
          onRetry={() => void ledger.refetch()}
        />
      )}
      {total && (
        <>
          <dl className="tnum flex flex-col gap-1 text-13">
            <Figure name="Booked" value={`$${total.costUsd}`} isStrong />
            <Figure name="of it estimated" value={`$${total.estimatedUsd}`} />
            <Figure name="Attempts" value={formatCount(total.attempts)} />
            <Figure name="Tokens in" value={formatCount(total.inputTokens)} />
            <Figure name="of them cached" value={formatCount(total.cachedInputTokens)} />
            <Figure name="Tokens out" value={formatCount(total.outputTokens)} />
          </dl>
          <p className="mt-2 text-12 text-text-3">
            {booked === told
              ? 'The history of the task tells the same sum.'
              : `The history of the task tells ${exactMoney(told)}: calls in flight are booked before it hears of them.`}
          </p>
          <a
            href={taskLedgerCsv({ taskId, createdAt })}
            download
            className="mt-3 inline-flex h-7 items-center gap-2 rounded-6 border border-line-strong px-2 text-13 font-medium hover:bg-surface pointer-coarse:h-11"
          >
            <Download aria-hidden size={16} />
            CSV of the ledger
          </a>
        </>
      )}
    </section>
  )
}
