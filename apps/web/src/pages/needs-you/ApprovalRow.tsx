import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import { Link } from '@tanstack/react-router'
import { Hand } from 'lucide-react'
import { useStore } from 'zustand'
import { paths } from '../../paths.ts'
import { useApp } from '../../shell/app-context.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { silenceWords } from '../approval/silence-words.ts'
import { PriceBesideOneAgent } from '../plan-price/PriceBesideOneAgent.tsx'
import { AnswerForm } from '../approval/AnswerForm.tsx'

/** An open question, with enough to decide it here and a way to look closer. */
export const ApprovalRow = ({ approval }: { approval: ApprovalSummary }) => {
  const { socket } = useApp()
  const isLost = useStore(socket.state).status === 'lost'
  const seen =
    approval.stepId === null
      ? ({
          view: approval.kind === 'budget' ? 'costs' : 'draft',
          search: approval.kind === 'plan' ? { version: approval.planVersion } : {},
        } as const)
      : ({ view: 'graph', search: { step: approval.stepId ?? undefined } } as const)
  return (
    <li className="flex flex-col gap-3 border-b border-line px-4 py-4">
      <div className="flex items-start gap-3">
        <Hand aria-hidden size={18} className="mt-0.5 shrink-0 text-waiting" />
        <div className="min-w-0 grow">
          <p className="text-16 font-medium text-text">{approval.ask}</p>
          <p className="facts mt-1 text-13 text-text-2">
            <Link
              to={paths.task()}
              params={{ taskId: approval.taskId, view: seen.view }}
              search={seen.search}
              data-row
              className="font-medium text-accent underline underline-offset-2 pointer-coarse:flex pointer-coarse:min-h-11 pointer-coarse:items-center"
            >
              {approval.taskTitle}
            </Link>
            <Link
              to={paths.approval()}
              params={{ approvalId: approval.approvalId }}
              className="rounded-4 underline decoration-line-strong underline-offset-2 hover:decoration-current pointer-coarse:flex pointer-coarse:min-h-11 pointer-coarse:items-center"
            >
              {subjectOf(approval)}
            </Link>
            {approval.mayDecide !== undefined && <span>for an {approval.mayDecide}</span>}
            <span>
              asked <RelativeTime at={approval.requestedAt} />
            </span>
            <span>
              {silenceWords(approval)} <RelativeTime isAhead at={approval.expiresAt} />
            </span>
          </p>
        </div>
      </div>
      {approval.kind === 'plan' && (
        <div className="pl-[30px]">
          <PriceBesideOneAgent taskId={approval.taskId} version={approval.planVersion} />
        </div>
      )}
      <div className="pl-[30px]">
        <AnswerForm
          approval={approval}
          seen={approval}
          unavailable={isLost ? 'Live updates are lost: this may be decided already' : null}
        />
      </div>
    </li>
  )
}

const subjectOf = ({ kind, stepId, planVersion }: ApprovalSummary): string => {
  if (kind === 'plan') return `Plan, version ${planVersion}`
  if (kind === 'step') return 'One step'
  if (kind === 'tool') return 'One use of a tool'
  if (kind === 'question') return 'A question of an agent'
  if (kind === 'budget') return 'Money has run out'
  if (kind === 'agent') return 'The change of an agent'
  return stepId === null ? 'A failure while it is drafted' : 'A failure of one step'
}
