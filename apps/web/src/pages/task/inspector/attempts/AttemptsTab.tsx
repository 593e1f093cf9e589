import type { Step } from '@maestro/task-model/task'
import { useMemo } from 'react'
import { useNow } from '../../../../ui/use-now.ts'
import { shownMs, useView } from '../../task-context.ts'
import { useStepEvents } from '../use-step-events.ts'
import { AttemptCard } from './AttemptCard.tsx'
import { CompareAttempts } from './CompareAttempts.tsx'
import { stepAttempts } from './step-attempts.ts'

type Props = {
  step: Step
  /** As the address names it: the one that is compared with another. */
  attempt: number | undefined
  onAttempt: (attempt: number) => void
}

/** What each attempt of a step took and brought, and what a later one says otherwise. */
export const AttemptsTab = ({ step, attempt, onAttempt }: Props) => {
  const { events, isWhole } = useStepEvents(step.stepId)
  const task = useView((view) => view.task)
  const isLive = useView((view) => view.mode === 'live')
  const attempts = useMemo(() => stepAttempts(events, step.calls), [events, step.calls])
  const isRunning = attempts.at(-1)?.endedAtMs === null
  const now = useNow(1_000, isLive && isRunning)
  if (!isWhole)
    return (
      <p role="status" className="text-14 text-text-2">
        The attempts are on their way.
      </p>
    )
  if (attempts.length === 0)
    return <p className="text-14 text-text-2">This step has not been attempted yet.</p>
  return (
    <div className="@container flex flex-col gap-6">
      <ol aria-label="Attempts" className="flex flex-col divide-y divide-line border-y border-line">
        {attempts.toReversed().map((one) => (
          <li key={one.attempt} className="py-3">
            <AttemptCard attempt={one} nowMs={shownMs(task, isLive, now)} isLive={isLive} />
          </li>
        ))}
      </ol>
      <CompareAttempts attempts={attempts} named={attempt} onNamed={onAttempt} />
    </div>
  )
}
