import type { StepId } from '@maestro/contracts/ids'
import type { Step } from '@maestro/task-model/task'
import { useMutation } from '@tanstack/react-query'
import {
  CirclePause,
  ListRestart,
  MessageSquare,
  PencilLine,
  RotateCw,
  SkipForward,
} from 'lucide-react'
import { useState } from 'react'
import { messageOf } from '../../../api/request-id.ts'
import { giveGuidance, setBreakpoint } from '../../../api/steering.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { useTaskSession, useView } from '../task-context.ts'
import { RerunDialog } from './RerunDialog.tsx'
import { SayWhy } from './SayWhy.tsx'
import { steerable, type StepSteering } from './steerable.ts'
import { hasKeptWords } from './use-kept-words.ts'
import { useStepWish } from '../step-wish.ts'

type Asking = 'retry' | 'guide' | 'rerun' | 'skip' | 'insert' | 'edit' | null

// Each is asked for rarely: the dialog comes when it is.
const EditStepDialog = lazyPart(() =>
  import('./EditStepDialog.tsx').then((module) => module.EditStepDialog),
)
const RetryDialog = lazyPart(() =>
  import('./consequences/RetryDialog.tsx').then((module) => module.RetryDialog),
)
const SkipDialog = lazyPart(() =>
  import('./consequences/SkipDialog.tsx').then((module) => module.SkipDialog),
)

const wishes: readonly StepSteering[] = [
  'guide',
  'retry',
  'rerun',
  'break',
  'skip',
  'insert',
  'edit',
]
const noLonger = 'This can no longer be done'

/** What a person can do with a step while its task runs; in the past nothing of it can be used. */
export const SteerStep = ({ stepId }: { stepId: StepId }) => {
  const step = useView(({ headTask }) =>
    headTask.status === 'unborn' ? null : (headTask.steps[stepId] ?? null),
  )
  return step === null ? null : <Steering step={step} />
}

const Steering = ({ step }: { step: Step }) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const task = useView((view) => view.headTask)
  const isReplay = useView((view) => view.mode === 'replay')
  const { stepId } = step
  // What was begun to be said opens by itself, and takes no focus.
  const [asking, setAskingFor] = useState<Asking>(() =>
    hasKeptWords(`${taskId}.${stepId}.guide`) ? 'guide' : null,
  )
  const [wasAskedFor, setWasAskedFor] = useState(false)
  const setAsking = (next: Asking) => {
    setWasAskedFor(true)
    setAskingFor(next)
  }
  const isSet = step.breakpoint !== undefined
  const holding = useMutation({
    mutationFn: () => setBreakpoint(http, { taskId, stepId, isSet: !isSet }),
  })
  const close = () => setAsking(null)
  const unavailable = isReplay ? 'Go live to change the task' : null
  const whyNot = (steering: StepSteering) => (steerable[steering](task, step) ? null : noLonger)
  useStepWish(stepId, wishes, (steering) => {
    if (isReplay || !steerable[steering](task, step)) return
    if (steering === 'break') holding.mutate()
    else if (steering !== 'agent') setAsking(steering)
  })
  if (asking === 'guide') {
    return (
      <SayWhy
        label="What should its agent know?"
        about={`${stepId}.guide`}
        isKept={!wasAskedFor}
        verb="Tell it"
        needed="Say something first"
        whyNot={unavailable ?? whyNot('guide')}
        charactersMax={4_000}
        send={(text) => giveGuidance(http, { taskId, stepId, text })}
        onTaken={close}
        onClose={close}
      />
    )
  }
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {steerable.guide(task, step) && (
        <Button
          size="small"
          icon={MessageSquare}
          unavailable={unavailable}
          onClick={() => setAsking('guide')}
        >
          Tell it something
        </Button>
      )}
      {steerable.retry(task, step) && (
        <Button
          size="small"
          icon={RotateCw}
          unavailable={unavailable}
          onClick={() => setAsking('retry')}
        >
          Try again
        </Button>
      )}
      {steerable.rerun(task, step) && (
        <Button
          size="small"
          icon={ListRestart}
          unavailable={unavailable}
          onClick={() => setAsking('rerun')}
        >
          Run again from here
        </Button>
      )}
      {steerable.break(task, step) && (
        <Button
          size="small"
          icon={CirclePause}
          aria-pressed={isSet}
          pending={holding.isPending}
          unavailable={unavailable}
          hint="The task pauses each time before this step starts"
          onClick={() => holding.mutate()}
        >
          {isSet ? 'No longer pause before it' : 'Pause before it'}
        </Button>
      )}
      {steerable.skip(task, step) && (
        <Button
          size="small"
          icon={SkipForward}
          unavailable={unavailable}
          hint="What needs it goes on with what else it needs"
          onClick={() => setAsking('skip')}
        >
          Leave it out
        </Button>
      )}
      {steerable.edit(task, step) && (
        <Button
          size="small"
          icon={PencilLine}
          unavailable={unavailable}
          onClick={() => setAsking('edit')}
        >
          Change the plan here
        </Button>
      )}
      {holding.error !== null && (
        <p role="alert" className="w-full text-13 font-medium text-failed">
          {messageOf(holding.error)}
        </p>
      )}
      {asking === 'rerun' && <RerunDialog stepId={stepId} onClose={close} />}
      {/* They stay when it can no longer be done: what is typed in them is not taken away. */}
      {task.status !== 'unborn' && asking === 'retry' && (
        <RetryDialog step={step} task={task} whyNot={whyNot('retry')} onClose={close} />
      )}
      {task.status !== 'unborn' && asking === 'skip' && (
        <SkipDialog step={step} task={task} whyNot={whyNot('skip')} onClose={close} />
      )}
      {task.status !== 'unborn' && (asking === 'insert' || asking === 'edit') && (
        <EditStepDialog
          key={asking}
          startsWith={asking === 'insert' ? 'insert' : 'instruct'}
          step={step}
          task={task}
          whyNot={steerable.edit(task, step) ? null : 'The plan of this task is no longer changed'}
          onClose={close}
        />
      )}
    </div>
  )
}
