import { Hand } from 'lucide-react'
import { useKeys } from '../../shell/use-keys.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { useOpenApprovals } from '../../shell/use-open-approvals.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { moveRowFocus } from '../move-row-focus.ts'
import { QueryFailure } from '../QueryFailure.tsx'
import { ApprovalRow } from './ApprovalRow.tsx'

/** What waits on me, in what order? What ends first stands first. */
export const NeedsYouPage = () => {
  const query = useOpenApprovals()
  const approvals = query.data?.items ?? []
  useKeys({ 'next-row': () => moveRowFocus(1), 'previous-row': () => moveRowFocus(-1) })
  return (
    <PageFrame title="Needs you">
      <div className="min-h-0 grow overflow-y-auto">
        {query.isPending && <SkeletonRows rows={3} label="Loading what waits on you" />}
        {query.isError && (
          <QueryFailure
            what="What waits on you"
            error={query.error}
            shownOf={query.dataUpdatedAt}
            onRetry={() => void query.refetch()}
          />
        )}
        {approvals.length > 0 && (
          <ul aria-label="Open approvals">
            {approvals.map((approval) => (
              <ApprovalRow key={approval.approvalId} approval={approval} />
            ))}
          </ul>
        )}
        {query.isSuccess && approvals.length === 0 && (
          <EmptyState icon={Hand} title="Nothing waits on you">
            When a task asks before it goes on, it shows here, and its number in the navigation.
          </EmptyState>
        )}
      </div>
    </PageFrame>
  )
}
