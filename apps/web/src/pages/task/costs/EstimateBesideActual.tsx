import { useQuery } from '@tanstack/react-query'
import { AppError } from '@maestro/contracts/errors'
import { taskEstimateQuery } from '../../../api/task-costs.ts'
import { useApp } from '../../../shell/app-context.ts'
import { formatExact } from '../../../ui/format-time.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { expectedWords, worstWords } from '../../plan-price/price-words.ts'
import { QueryFailure } from '../../QueryFailure.tsx'
import { useTaskSession, useView } from '../task-context.ts'
import { Figure } from './Figure.tsx'

const offWords = (percent: number | null): string =>
  percent === null
    ? 'not known'
    : percent === 0
      ? 'exact'
      : `${Math.abs(percent).toFixed(1)} % ${percent > 0 ? 'more' : 'less'}`

/** What the work was expected to cost when its plan stood, and what it did. */
export const EstimateBesideActual = () => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const hasEnded = useView(
    ({ headTask }) => headTask.status !== 'unborn' && headTask.endedAt !== null,
  )
  const { data, error, isPending, refetch } = useQuery(taskEstimateQuery(http, taskId, hasEnded))
  const isNone = error instanceof AppError && error.code === 'NOT_FOUND'
  return (
    <section aria-label="Estimate" className="border-b border-line px-4 py-4">
      <h2 className="mb-2 flex items-baseline justify-between text-13 font-semibold">
        Estimate and actual
        <span className="font-normal text-text-3">as of now</span>
      </h2>
      {isPending && <Skeleton className="h-16" />}
      {isNone && (
        <p className="text-13 text-text-2">
          An estimate is written once a plan holds and its work begins.
        </p>
      )}
      {error !== null && !isNone && (
        <QueryFailure what="The estimate" error={error} onRetry={() => void refetch()} />
      )}
      {data && (
        <>
          <dl className="tnum flex flex-col gap-1 text-13">
            <Figure name="Expected" value={expectedWords(data.total)} />
            <Figure name="At worst" value={worstWords(data.total)} />
            <Figure
              name="Steps cost"
              value={data.actualUsd === null ? 'once it has ended' : `$${data.actualUsd}`}
              isStrong
            />
            <Figure name="Beside what was expected" value={offWords(data.errorPercent)} />
          </dl>
          <p className="mt-2 text-12 text-text-3">
            Written at {formatExact(Date.parse(data.estimatedAt))} for plan version{' '}
            {data.planVersion}; drafting is not part of it.
          </p>
        </>
      )}
    </section>
  )
}
