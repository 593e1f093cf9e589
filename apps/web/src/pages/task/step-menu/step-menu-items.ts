import type { Step, Task } from '@maestro/task-model/task'
import { whyOver } from '../why-over.ts'
import { steerable, type StepSteering, stepSteerings } from '../inspector/steerable.ts'

export type StepLook = 'open' | 'log' | 'copy-id' | 'copy-output' | 'copy-link'
export type StepMenuItem = {
  readonly action: StepLook | StepSteering
  readonly label: string
  /** Why not now; null: it can be done. */
  readonly unavailable: string | null
}

const steeringLabels: Record<StepSteering, string> = {
  guide: 'Tell it something…',
  retry: 'Try again…',
  rerun: 'Run again from here…',
  break: 'Pause before it',
  skip: 'Leave it out…',
  agent: 'Edit agent…',
  insert: 'Add step after…',
  edit: 'Change the plan here…',
}
const whyNot: Record<StepSteering, string> = {
  guide: 'It has ended',
  retry: 'It is not at work, and has not failed',
  rerun: 'It has not run, or what it became would be left behind',
  break: 'It has begun already',
  skip: 'It has begun already',
  agent: 'Its agent can be edited only while the task executes',
  insert: 'The plan can be changed only while the task executes',
  edit: 'The plan can be changed only while the task executes',
}

type Place = { task: Task; step: Step | null; isReplay: boolean }

/** Everything that can be done with a step. An action never goes away: it says why it cannot be done. */
export const stepMenuItems = ({ task, step, isReplay }: Place): readonly StepMenuItem[] => {
  const possible = { unavailable: null }
  const over = whyOver(task)
  const reasonOf = (steering: StepSteering): string | null => {
    if (isReplay) return 'Go live to change the task'
    if (over !== null) return over
    if (step === null) return 'It is only proposed'
    return steerable[steering](task, step) ? null : whyNot[steering]
  }
  return [
    { action: 'open', label: 'Open', ...possible },
    { action: 'log', label: 'Show its log', ...possible },
    { action: 'copy-link', label: 'Copy link', ...possible },
    { action: 'copy-id', label: 'Copy id', ...possible },
    {
      action: 'copy-output',
      label: 'Copy output',
      unavailable: step?.output ? null : 'It has no output at this moment',
    },
    ...stepSteerings.map((action) => ({
      action,
      label:
        action === 'break' && step?.breakpoint !== undefined
          ? 'No longer pause before it'
          : steeringLabels[action],
      unavailable: reasonOf(action),
    })),
  ]
}
