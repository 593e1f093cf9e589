import type { StepId } from '@maestro/contracts/ids'
import { useMutation } from '@tanstack/react-query'
import { SkipForward } from 'lucide-react'
import { useState } from 'react'
import { newIdempotencyKey } from '../../../api/new-key.ts'
import { messageOf } from '../../../api/request-id.ts'
import { skipStep } from '../../../api/tasks.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { inputLook } from '../../../ui/control-look.ts'
import { Field } from '../../../ui/Field.tsx'
import { useTaskSession } from '../task-context.ts'

/** Lets a step that has not begun be left out. What is typed stays until the event has come that confirms it. */
export const LeaveOut = ({ stepId }: { stepId: StepId }) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const [isAsking, setIsAsking] = useState(false)
  const [reason, setReason] = useState('')
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => skipStep(http, { taskId, stepId, reason }, newIdempotencyKey()),
  })
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
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        mutate()
      }}
    >
      <Field label="Why is it left out?">
        {({ id, describedBy }) => (
          <input
            id={id}
            aria-describedby={describedBy}
            value={reason}
            maxLength={1_000}
            autoFocus
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
            className={inputLook}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          size="small"
          look="primary"
          pending={isPending || isSuccess}
          unavailable={reason.trim() === '' ? 'Say why, for those who look at it later' : null}
        >
          Leave it out
        </Button>
        <Button size="small" look="quiet" onClick={() => setIsAsking(false)}>
          Back
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="text-13 font-medium text-failed">
          {messageOf(error)}
        </p>
      )}
    </form>
  )
}
