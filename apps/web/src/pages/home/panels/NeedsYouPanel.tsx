import { Link } from '@tanstack/react-router'
import { Hand } from 'lucide-react'
import { paths } from '../../../paths.ts'
import { useOpenApprovals } from '../../../shell/use-open-approvals.ts'
import { classes } from '../../../ui/classes.ts'
import { coveringLook } from '../../../ui/covering-look.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { QueryFailure } from '../../QueryFailure.tsx'
import { MoreLink } from '../MoreLink.tsx'

const rowsMax = 5

/** What ends first of what waits on a person. */
export const NeedsYouPanel = () => {
  const query = useOpenApprovals()
  const items = query.data?.items ?? []
  return (
    <>
      {query.isPending && <SkeletonRows rows={2} label="Loading what waits on you" />}
      {query.isError && (
        <QueryFailure
          what="What waits on you"
          error={query.error}
          shownOf={query.dataUpdatedAt}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isSuccess && items.length === 0 && (
        <p className="px-4 text-14 text-text-2">Nothing waits on you.</p>
      )}
      <ul aria-label="What waits on you">
        {items.slice(0, rowsMax).map(({ approvalId, ask, taskTitle, expiresAt }) => (
          <li
            key={approvalId}
            className="relative flex gap-3 border-t border-line px-4 py-2 hover:bg-surface"
          >
            <Hand aria-hidden size={16} className="mt-0.5 shrink-0 text-waiting" />
            <div className="min-w-0 grow">
              <Link
                to={paths.approval()}
                params={{ approvalId }}
                className={classes('line-clamp-2 text-14 font-medium break-words', coveringLook)}
              >
                {ask}
              </Link>
              <p className="truncate text-13 text-text-2">{taskTitle}</p>
            </div>
            <span className="shrink-0 text-13 text-text-2">
              due <RelativeTime isAhead at={expiresAt} />
            </span>
          </li>
        ))}
      </ul>
      {items.length > rowsMax && (
        <MoreLink to={paths.needsYou()}>All {formatCount(items.length)} that wait</MoreLink>
      )}
    </>
  )
}
