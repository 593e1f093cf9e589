import type { ErrorPattern } from '@maestro/contracts/llm/error-endpoints'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorPatternsQuery } from '../../../api/error-patterns.ts'
import { paths } from '../../../paths.ts'
import { useApp } from '../../../shell/app-context.ts'
import { formatPlural } from '../../../ui/format-count.ts'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { failureWords } from '../../failure-words.ts'
import { providerNames } from '../../provider-names.ts'
import { QueryFailure } from '../../QueryFailure.tsx'

const rowsMax = 4

const trendWords: Record<ErrorPattern['trend'], string> = {
  new: 'new',
  rising: 'more often than an hour ago',
  steady: 'as often as an hour ago',
  falling: 'less often than an hour ago',
  quiet: 'not in the last hour',
}

/** What went wrong at providers of late, the same things together, and what to do about it. */
export const FailuresPanel = () => {
  const query = useQuery(errorPatternsQuery(useApp().http, rowsMax))
  return (
    <>
      {query.isPending && <SkeletonRows rows={2} label="Loading what fails" />}
      {query.isError && (
        <QueryFailure
          what="What fails"
          error={query.error}
          shownOf={query.dataUpdatedAt}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data?.items.length === 0 && (
        <p className="px-4 text-14 text-text-2">
          No provider has failed in the 14 days that are kept.
        </p>
      )}
      <ul aria-label="What fails">
        {query.data?.items.map((one) => (
          <li key={one.pattern} className="border-t border-line px-4 py-2">
            <p className="flex items-baseline gap-3 text-14 font-medium">
              <span className="min-w-0 truncate text-failed">
                {one.failureClass === 'lost' ? 'Worker ended' : failureWords[one.failureClass]}
              </span>
              <span className="tnum ml-auto shrink-0 text-13 text-text-2">
                {formatPlural(one.count, 'time')}
              </span>
            </p>
            <p className="facts mt-0.5 text-13 text-text-2">
              {one.provider !== null && (
                <span>
                  {providerNames[one.provider]}{' '}
                  <span className="font-mono text-12">{one.model}</span>
                </span>
              )}
              <span>
                last <RelativeTime at={one.lastAt} />
              </span>
              <span>{trendWords[one.trend]}</span>
              {one.taskIds[0] !== undefined && (
                <Link
                  to={paths.task()}
                  params={{ taskId: one.taskIds[0] }}
                  className="rounded-4 font-medium text-accent hover:underline pointer-coarse:py-3.5"
                >
                  {one.tasks === 1 ? 'its task' : `one of ${formatPlural(one.tasks, 'task')}`}
                </Link>
              )}
            </p>
            <p className="mt-0.5 line-clamp-2 text-13 break-words text-text-3">{one.suggestion}</p>
          </li>
        ))}
      </ul>
    </>
  )
}
