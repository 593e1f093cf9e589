import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { FileQuestion, Hand } from 'lucide-react'
import { AppError } from '@maestro/contracts/errors'
import { approvalQuery } from '../../api/approvals.ts'
import { paths } from '../../paths.ts'
import { useApp } from '../../shell/app-context.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { decidedWords } from '../approval/decided-words.ts'
import { QueryFailure } from '../QueryFailure.tsx'
import { ApprovalRow } from './ApprovalRow.tsx'

// Few questions are about an agent.
const AgentChangeRecord = lazyPart(() =>
  import('../approval/AgentChangeRecord.tsx').then((module) => module.AgentChangeRecord),
)

const route = getRouteApi('/approvals/$approvalId')

const linkLook = 'inline-block text-accent underline underline-offset-2 pointer-coarse:py-3.5'

const allLink = (
  <Link to={paths.needsYou()} className={linkLook}>
    What needs you
  </Link>
)

/** What exactly am I deciding? The same card as in the list, and its record once it is decided. */
export const ApprovalPage = () => {
  const { approvalId } = route.useParams()
  const query = useQuery(approvalQuery(useApp().http, approvalId))
  const { data, error } = query
  // An id that none can have is refused before anybody looks for it.
  const isUnknown =
    error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'INVALID_INPUT')
  return (
    <PageFrame title="One question" above={{ to: paths.needsYou(), label: 'Needs you' }}>
      <div className="min-h-0 grow overflow-y-auto">
        {query.isPending && <SkeletonRows rows={2} label="Loading the question" />}
        {isUnknown && (
          <EmptyState icon={FileQuestion} title="There is no such question" action={allLink}>
            The link may be cut off.
          </EmptyState>
        )}
        {query.isError && !isUnknown && (
          <QueryFailure
            what="The question"
            error={error}
            shownOf={query.dataUpdatedAt}
            onRetry={() => void query.refetch()}
          />
        )}
        {data?.status === 'open' && (
          <ul aria-label="Open approvals">
            <ApprovalRow approval={data} />
          </ul>
        )}
        {data !== undefined && data.status !== 'open' && (
          <article className="flex gap-3 px-4 py-4">
            <Hand aria-hidden size={18} className="mt-0.5 shrink-0 text-text-3" />
            <div className="min-w-0">
              <p className="text-16 font-medium">{data.ask}</p>
              <p className="mt-1 text-14 break-words text-text-2">
                It was{' '}
                {decidedWords({
                  status: data.status,
                  who: data.decidedBy,
                  decidedAt: data.decidedAt,
                  reason: data.reason,
                })}
                .
              </p>
              {data.agentChange !== undefined && <AgentChangeRecord approval={data} />}
              <p className="mt-2 text-14">
                <Link to={paths.task()} params={{ taskId: data.taskId }} className={linkLook}>
                  {data.taskTitle}
                </Link>
              </p>
            </div>
          </article>
        )}
      </div>
    </PageFrame>
  )
}
