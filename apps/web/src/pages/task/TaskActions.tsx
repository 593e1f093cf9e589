import { finishingSteps } from '@maestro/task-model/steering/finishing-steps'
import type { Approval, Task } from '@maestro/task-model/task'
import { Hand, Link2, Pause, Play, StepForward, X } from 'lucide-react'
import { useState } from 'react'
import { messageOf, requestIdOf } from '../../api/request-id.ts'
import { copyAndTell } from '../../shell/copy-and-tell.ts'
import { usePaletteSource } from '../../shell/palette/palette-sources.ts'
import { useKeyHint } from '../../shell/use-key-hint.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useCopied } from '../../ui/use-copied.ts'
import { focusNextApproval } from './focus-next-approval.ts'
import { StillWaiting } from './StillWaiting.tsx'
import { linkHere } from './task-link.ts'
import { TaskMore } from './TaskMore.tsx'
import { useView } from './task-context.ts'
import { useSteadyView } from './use-steady-view.ts'
import { useTaskCommand } from './use-task-command.ts'
import { whyNot } from './why-not.ts'

const CancelDialog = lazyPart(() =>
  import('./CancelDialog.tsx').then((module) => module.CancelDialog),
)

/** What could be done changes with every event of a busy task; nobody presses that fast. */
const tellEveryMs = 250

const whatFinishes = (task: Task): string => {
  const { length } = finishingSteps(task)
  if (length === 0) return 'What runs finishes its call'
  return length === 1
    ? '1 step finishes what it waits for'
    : `${length} steps finish what they wait for`
}

const openQuestions = (task: Task): number =>
  task.status === 'unborn'
    ? 0
    : Object.values<Approval>(task.approvals).filter(({ status }) => status === 'open').length

/** What a person can do with a task. A button never goes away: it says why it cannot be used. */
export const TaskActions = () => {
  const { headTask: task } = useSteadyView(tellEveryMs)
  const isReplay = useView((view) => view.mode === 'replay')
  const { send, pending, checkAgain, error, forget } = useTaskCommand()
  const [isCancelling, setIsCancelling] = useState(false)
  const waiting = openQuestions(task)
  // What waits now has no card at another moment.
  const noAnswer = waiting === 0 ? 'Nothing waits on you' : isReplay ? 'Go live to answer it' : null
  const hold = task.status === 'paused' ? 'resume' : 'pause'
  const noHold = whyNot(hold, task, isReplay)
  const noStep = whyNot('step', task, isReplay)
  const run = (command: 'pause' | 'resume' | 'step', reason: string | null) => {
    if (reason === null && pending === null) send({ command })
  }

  usePaletteSource(() => [
    {
      id: 'hold',
      kind: 'This task',
      label: hold === 'pause' ? 'Pause' : 'Resume',
      action: 'hold',
      unavailable: noHold,
      run: () => run(hold, noHold),
    },
    {
      id: 'run one step',
      kind: 'This task',
      label: 'Run one step',
      action: 'run-one-step',
      unavailable: noStep,
      run: () => run('step', noStep),
    },
    {
      id: 'next question',
      kind: 'This task',
      label: 'To the next question',
      action: 'next-approval',
      unavailable: noAnswer,
      // Once the palette has closed and given the focus back.
      run: () => requestAnimationFrame(focusNextApproval),
    },
    {
      id: 'cancel',
      kind: 'This task',
      label: 'Cancel',
      unavailable: whyNot('cancel', task, isReplay),
      run: () => setIsCancelling(true),
    },
  ])
  const hint = useKeyHint()
  useKeys({
    hold: () => run(hold, noHold),
    'run-one-step': () => run('step', noStep),
    'copy-link': () => copyAndTell(linkHere(), 'the link'),
  })

  return (
    <div className="flex flex-wrap items-center gap-2 max-md:gap-1.5">
      <Button
        className="max-md:px-2 max-md:[&>svg]:hidden"
        icon={hold === 'pause' ? Pause : Play}
        pending={pending === 'pause' || pending === 'resume'}
        unavailable={noHold}
        hint={hint(
          hold === 'pause' ? `${whatFinishes(task)}; nothing new starts` : 'Goes on',
          'hold',
        )}
        onClick={() => run(hold, noHold)}
      >
        {hold === 'pause' ? 'Pause' : 'Resume'}
      </Button>
      <Button
        className="max-md:px-2 max-md:[&>svg]:hidden"
        icon={StepForward}
        pending={pending === 'step'}
        unavailable={noStep}
        hint={hint('One ready step runs, then it is paused again', 'run-one-step')}
        onClick={() => run('step', noStep)}
      >
        Run one step
      </Button>
      <Button
        icon={X}
        look="danger"
        className="max-md:px-2 max-md:[&>svg]:hidden"
        pending={pending === 'cancel'}
        unavailable={whyNot('cancel', task, isReplay)}
        onClick={() => setIsCancelling(true)}
      >
        Cancel
      </Button>
      <Button
        className={classes('max-md:hidden', waiting > 0 && 'border-waiting! text-waiting!')}
        icon={Hand}
        unavailable={noAnswer}
        hint={hint('To the next question', 'next-approval')}
        onClick={focusNextApproval}
      >
        Needs you{waiting > 0 && <span className="tnum">{waiting}</span>}
      </Button>
      <TaskMore />
      <CopyLink />
      <StillWaiting isPending={pending !== null} onCheck={checkAgain} />
      {error !== null && (
        <p role="alert" className="flex items-center gap-2 text-13 font-medium text-failed">
          {messageOf(error)}
          {requestIdOf(error) !== null && (
            <CopyButton text={requestIdOf(error) ?? ''} label="Copy request id" />
          )}
          <Button size="small" look="quiet" onClick={forget}>
            Dismiss
          </Button>
        </p>
      )}
      {isCancelling && (
        <CancelDialog
          onClose={() => setIsCancelling(false)}
          onCancel={(reason) => {
            setIsCancelling(false)
            send({ command: 'cancel', reason })
          }}
        />
      )}
    </div>
  )
}

const CopyLink = () => {
  const { copy, said } = useCopied()
  const hint = useKeyHint()
  return (
    <>
      <Button
        look="quiet"
        className="max-md:px-2"
        icon={Link2}
        hint={hint('The same address gives the same picture', 'copy-link')}
        onClick={() => copy(linkHere())}
      >
        <span className="max-md:sr-only">{said ?? 'Copy link'}</span>
      </Button>
      <span role="status" className="sr-only">
        {said !== null && `The link: ${said}`}
      </span>
    </>
  )
}
