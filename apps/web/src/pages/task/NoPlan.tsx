import { Link } from '@tanstack/react-router'
import { PencilRuler } from 'lucide-react'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useShown, useTaskSession, useView } from './task-context.ts'
import { whyNoPlan } from './why-no-plan.ts'

/** Where the plan would be: why there is none at this moment, and where to read on. */
export const NoPlan = () => {
  const { taskId } = useTaskSession()
  const { title, text } = whyNoPlan(useView((view) => view.task))
  const isDrafted = useShown(({ drafting }) => drafting.calls.length > 0, false)
  // A position that is still on its way is none without a plan.
  const isSeeking = useView(({ seekingTo }) => seekingTo !== null)
  if (isSeeking) return <SkeletonRows rows={4} label="Loading the plan" />
  return (
    <EmptyState
      icon={PencilRuler}
      title={title}
      action={
        isDrafted && (
          <Link
            to={paths.task()}
            params={{ taskId, view: 'draft' }}
            search={(before) => before}
            className="rounded-4 text-14 font-medium text-accent underline underline-offset-2"
          >
            Read what was drafted
          </Link>
        )
      }
    >
      {text}
    </EmptyState>
  )
}
