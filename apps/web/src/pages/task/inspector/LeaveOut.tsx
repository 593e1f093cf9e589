import type { StepId } from '@maestro/contracts/ids'
import { SkipForward } from 'lucide-react'
import { useState } from 'react'
import { newIdempotencyKey } from '../../../api/new-key.ts'
import { skipStep } from '../../../api/tasks.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { useTaskSession } from '../task-context.ts'
import { SayWhy } from './SayWhy.tsx'
import { useStepWish } from '../step-wish.ts'

/** Lets a step that has not begun be left out. What is typed stays until the event has come that confirms it. */
export const LeaveOut = ({ stepId }: { stepId: StepId }) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const [isAsking, setIsAsking] = useState(false)
  useStepWish(stepId, ['skip'], () => setIsAsking(true))
  if (!isAsking) {
    return (
      <div>
        <Button
          size="small"
          icon={SkipForward}
          hint="What needs it goes on with what else it needs"
          onClick={() => setIsAsking(true)}
        >
          Leave it out
        </Button>
      </div>
    )
  }
  return (
    <SayWhy
      label="Why is it left out?"
      verb="Leave it out"
      needed="Say why, for those who look at it later"
      charactersMax={1_000}
      send={(reason) => skipStep(http, { taskId, stepId, reason }, newIdempotencyKey())}
      onClose={() => setIsAsking(false)}
    />
  )
}
