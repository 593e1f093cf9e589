import { PencilRuler } from 'lucide-react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useShown, useView } from './task-context.ts'

/** In the place of a plan: it is still to come, or never will. */
export const NoPlan = () => {
  const hasEnded = useShown(({ stage }) => stage === 'ended', false)
  // A position that is still on its way is none without a plan.
  const isSeeking = useView(({ seekingTo }) => seekingTo !== null)
  if (isSeeking) return <SkeletonRows rows={4} label="Loading the plan" />
  return (
    <EmptyState
      icon={PencilRuler}
      title={hasEnded ? 'It ended before it had a plan' : 'No plan at this moment'}
    >
      {hasEnded
        ? 'Draft shows how far the Planner came.'
        : 'The Planner designs a team and a plan first. Draft shows how far it is.'}
    </EmptyState>
  )
}
