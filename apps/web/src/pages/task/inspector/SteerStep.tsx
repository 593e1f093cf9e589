import type { Step } from '@maestro/task-model/task'
import { useMutation } from '@tanstack/react-query'
import { CirclePause, ListRestart, MessageSquare, PencilLine, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { newIdempotencyKey } from '../../../api/new-key.ts'
import { messageOf } from '../../../api/request-id.ts'
import { giveGuidance, retryStep, setBreakpoint } from '../../../api/steering.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { useTaskSession, useView } from '../task-context.ts'
import { RerunDialog } from './RerunDialog.tsx'
import { SayWhy } from './SayWhy.tsx'
import { steerable } from './steerable.ts'
import { useStepWish } from '../step-wish.ts'

type Asking = 'retry' | 'guide' | 'rerun' | 'edit' | null

// Plans are changed rarely: the dialog comes when it is asked for.
const EditStepDialog = lazyPart(() =>
  import('./EditStepDialog.tsx').then((module) => module.EditStepDialog),
)

/** What a person can do with a step while its task runs: what the rules do not allow now is not offered. */
export const SteerStep = ({ step }: { step: Step }) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const task = useView((view) => view.headTask)
  const [asking, setAsking] = useState<Asking>(null)
  const { stepId } = step
  const isSet = step.breakpoint !== undefined
  const holding = useMutation({
    mutationFn: () => setBreakpoint(http, { taskId, stepId, isSet: !isSet }, newIdempotencyKey()),
  })
  const close = () => setAsking(null)
  useStepWish(stepId, ['guide', 'retry', 'rerun', 'edit', 'break'], (steering) => {
    if (!steerable[steering](task, step)) return
    if (steering === 'break') holding.mutate()
    else if (steering !== 'skip') setAsking(steering)
  })
  if (asking === 'retry' || asking === 'guide') {
    return (
      <SayWhy
        key={asking}
        {...words[asking]}
        send={(text) =>
          asking === 'retry'
            ? retryStep(http, { taskId, stepId, reason: text }, newIdempotencyKey())
            : giveGuidance(http, { taskId, stepId, text }, newIdempotencyKey())
        }
        onTaken={close}
        onClose={close}
      />
    )
  }
  return (
    <div className="flex flex-wrap gap-2">
      {steerable.guide(task, step) && (
        <Button size="small" icon={MessageSquare} onClick={() => setAsking('guide')}>
          Tell it something
        </Button>
      )}
      {steerable.retry(task, step) && (
        <Button size="small" icon={RotateCw} onClick={() => setAsking('retry')}>
          Try again
        </Button>
      )}
      {steerable.rerun(task, step) && (
        <Button size="small" icon={ListRestart} onClick={() => setAsking('rerun')}>
          Run again from here
        </Button>
      )}
      {steerable.break(task, step) && (
        <Button
          size="small"
          icon={CirclePause}
          aria-pressed={isSet}
          pending={holding.isPending}
          hint="The task pauses each time before this step starts"
          onClick={() => holding.mutate()}
        >
          {isSet ? 'No longer pause before it' : 'Pause before it'}
        </Button>
      )}
      {steerable.edit(task, step) && (
        <Button size="small" icon={PencilLine} onClick={() => setAsking('edit')}>
          Change the plan here
        </Button>
      )}
      {holding.error !== null && (
        <p role="alert" className="w-full text-13 font-medium text-failed">
          {messageOf(holding.error)}
        </p>
      )}
      {asking === 'rerun' && <RerunDialog stepId={stepId} onClose={close} />}
      {asking === 'edit' && task.status !== 'unborn' && (
        // It stays when the task ends meanwhile: what is typed in it is not taken away.
        <EditStepDialog
          step={step}
          task={task}
          whyNot={steerable.edit(task, step) ? null : 'The plan of this task is no longer changed'}
          onClose={close}
        />
      )}
    </div>
  )
}

const words = {
  retry: {
    label: 'Why is it tried again?',
    verb: 'Try again',
    needed: null,
    charactersMax: 1_000,
  },
  guide: {
    label: 'What should its agent know?',
    verb: 'Tell it',
    needed: 'Say something first',
    charactersMax: 4_000,
  },
} as const
