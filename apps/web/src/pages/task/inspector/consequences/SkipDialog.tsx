import type { BornTask, Step } from '@maestro/task-model/task'
import { TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { skipStep } from '../../../../api/tasks.ts'
import { useApp } from '../../../../shell/app-context.ts'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SayWhy } from '../SayWhy.tsx'
import { ConsequenceTable } from './ConsequenceTable.tsx'
import { consequenceRows } from './consequence-rows.ts'
import { EffectsMade } from './EffectsMade.tsx'
import { skipOf } from './skip-of.ts'
import { useExpectedCosts } from './use-expected-costs.ts'

type Props = {
  step: Step
  task: BornTask
  /** Why it cannot be left out any more. */
  whyNot: string | null
  onClose: () => void
}

/** What goes with a step that is left out, and what goes on without it. What is typed stays until the event has come that confirms it. */
export const SkipDialog = ({ step, task, whyNot, onClose }: Props) => {
  const { http } = useApp()
  const { taskId } = task
  const { stepId } = step
  const isSkipped = step.status === 'skipped'
  const expectedOf = useExpectedCosts(task)
  const { skipped, without, losesResult } = skipOf(task, stepId)
  useEffect(() => {
    if (isSkipped) onClose()
  }, [isSkipped, onClose])
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Leave it out?"
      description="What needs it goes on with what else it needs; what needs nothing else is left out with it. It can be run again later."
    >
      <div className="flex flex-col gap-4 p-4">
        <ConsequenceTable
          {...consequenceRows(skipped, task, expectedOf)}
          expectedTitle="Is saved, about"
        />
        {without.length > 0 && (
          <p className="text-13 text-text-2">
            Without its output {without.length === 1 ? 'goes' : 'go'} on:{' '}
            {without.map(({ title }) => title).join(', ')}.
          </p>
        )}
        {losesResult && (
          <p className="flex items-start gap-2 text-13 font-medium text-waiting">
            <TriangleAlert aria-hidden size={16} className="mt-px shrink-0" />
            Without it the task ends without a result.
          </p>
        )}
        <EffectsMade stepIds={skipped.map((one) => one.stepId)} />
        <SayWhy
          label="Why is it left out?"
          about={`${stepId}.skip`}
          verb="Leave it out"
          needed="Say why, for those who look at it later"
          whyNot={whyNot}
          charactersMax={1_000}
          send={(reason) => skipStep(http, { taskId, stepId, reason })}
          onClose={onClose}
        />
      </div>
    </Dialog>
  )
}
