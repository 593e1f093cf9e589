import type { PlanVersion } from '@maestro/task-model/task'
import { canGuide } from '@maestro/task-model/drafting/can-guide'
import { scoreOf } from '@maestro/task-model/drafting/convergence-of'
import { useMutation } from '@tanstack/react-query'
import { Check, MessageSquare } from 'lucide-react'
import { useState } from 'react'
import { messageOf } from '../../../api/request-id.ts'
import { guideDrafting, takeVersion } from '../../../api/drafting.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { inputLook } from '../../../ui/control-look.ts'
import { Field } from '../../../ui/Field.tsx'
import { useTaskSession, useView } from '../task-context.ts'

/** What a person can say and do while a plan is drafted; nothing is shown once it is not. */
export const DraftControls = ({ plan }: { plan: PlanVersion | undefined }) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const isOpen = useView(({ headTask, mode }) => mode === 'live' && canGuide(headTask))
  const [guidance, setGuidance] = useState('')
  const guiding = useMutation({
    mutationFn: () => guideDrafting(http, { taskId, guidance }),
    onSuccess: () => setGuidance(''),
  })
  const taking = useMutation({
    mutationFn: (version: number) => takeVersion(http, { taskId, version }),
  })
  if (!isOpen) return null
  const error = guiding.error ?? taking.error
  return (
    <form
      aria-label="Steer the drafting"
      className="flex flex-wrap items-end gap-2 border-b border-line px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        guiding.mutate()
      }}
    >
      <Field label="Guidance for the Planner" className="min-w-64 grow">
        {({ id, describedBy }) => (
          <input
            id={id}
            aria-describedby={describedBy}
            value={guidance}
            maxLength={4_000}
            autoComplete="off"
            onChange={(event) => setGuidance(event.target.value)}
            className={inputLook}
          />
        )}
      </Field>
      <Button
        type="submit"
        icon={MessageSquare}
        pending={guiding.isPending}
        unavailable={guidance.trim() === '' ? 'Say what should be different' : null}
        hint="Another round follows, whatever the observers think of this one"
      >
        Ask for another draft
      </Button>
      {plan !== undefined && (
        <Button
          look="primary"
          icon={Check}
          pending={taking.isPending || taking.isSuccess}
          unavailable={
            scoreOf(plan) === null ? 'Both observers have to judge this version first' : null
          }
          hint="Ends the drafting and runs this version"
          onClick={() => taking.mutate(plan.version)}
        >
          Take version {plan.version}
        </Button>
      )}
      {error !== null && (
        <p role="alert" className="w-full text-13 font-medium text-failed">
          {messageOf(error)}
        </p>
      )}
    </form>
  )
}
