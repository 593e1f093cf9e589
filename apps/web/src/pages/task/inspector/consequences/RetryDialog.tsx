import type { BornTask, Step } from '@maestro/task-model/task'
import { retryStep } from '../../../../api/steering.ts'
import { useApp } from '../../../../shell/app-context.ts'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SayWhy } from '../SayWhy.tsx'
import { ConsequenceTable } from './ConsequenceTable.tsx'
import { consequenceRows } from './consequence-rows.ts'
import { EffectsMade } from './EffectsMade.tsx'
import { useExpectedCosts } from './use-expected-costs.ts'

type Props = {
  step: Step
  task: BornTask
  /** Why it cannot be tried again any more. */
  whyNot: string | null
  onClose: () => void
}

/** What another attempt resets, costs and does again, before it is asked for. */
export const RetryDialog = ({ step, task, whyNot, onClose }: Props) => {
  const { http } = useApp()
  const { taskId } = task
  const { stepId } = step
  const expectedOf = useExpectedCosts(task)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Try it again?"
      description="This step alone begins a new attempt. A call of it in flight is stopped; what it costs is booked. What other steps have done stays."
    >
      <div className="flex flex-col gap-4 p-4">
        <ConsequenceTable {...consequenceRows([step], task, expectedOf)} />
        <EffectsMade stepIds={[stepId]} />
        <SayWhy
          label="Why is it tried again?"
          about={`${stepId}.retry`}
          verb="Try again"
          needed={null}
          whyNot={whyNot}
          charactersMax={1_000}
          send={(reason) => retryStep(http, { taskId, stepId, reason })}
          onTaken={onClose}
          onClose={onClose}
        />
      </div>
    </Dialog>
  )
}
