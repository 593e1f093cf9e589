import type { StepId } from '@maestro/contracts/ids'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import { RotateCcw } from 'lucide-react'
import { memo } from 'react'
import { formatCount } from '../ui/format-count.ts'
import { formatMoney } from '../ui/format-money.ts'
import { formatStepTime } from '../ui/format-time.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { stepStatusLook } from '../ui/status-look.ts'
import { StatusMark } from '../ui/StatusMark.tsx'
import { isBusy } from './is-busy.ts'
import type { StepBadge } from './step-badges.ts'
import { changeLook } from './change-look.ts'
import type { Change } from './to-graph.ts'

/** Everything that a card shows, ready to be shown. */
export type CardContent = {
  readonly stepId: StepId
  readonly number: number
  readonly status: StepStatus
  readonly title: string
  readonly agentName: string
  /** `groq/llama-3.3`, once a call has been answered. */
  readonly model: string | null
  readonly preview: string
  readonly attempt: number
  readonly attemptsMax: number
  readonly badges: readonly StepBadge[]
  readonly tokens: number
  readonly costNanoUsd: number
  /** Null before it has started. */
  readonly elapsedMs: number | null
  /** Of a plan that is compared with another one. */
  readonly change?: Change
}

export const cardContentOfPlan = (
  step: PlanStep,
  { number, agentName }: { number: number; agentName: string },
): CardContent => ({
  stepId: step.stepId,
  number,
  status: 'not-ready',
  title: step.title,
  agentName,
  model: null,
  preview: step.promise.description,
  attempt: 0,
  attemptsMax: step.retriesMax + 1,
  badges: [],
  tokens: 0,
  costNanoUsd: 0,
  elapsedMs: null,
})

// Few steps have one.
const StepBadges = lazyPart(() => import('./StepBadges.tsx').then((module) => module.StepBadges))

type Props = { content: CardContent; isSelected: boolean; isDimmed: boolean; isStill: boolean }

/** 220 by 96, always: nothing is measured. */
export const StepCard = memo(({ content, isSelected, isDimmed, isStill }: Props) => {
  const { status } = content
  const isRunning = isBusy(status)
  return (
    <div
      className="step-card"
      data-status={status}
      data-change={content.change}
      data-selected={isSelected}
      data-dimmed={isDimmed}
      data-step={content.stepId}
    >
      {isRunning && !isStill && (
        <span className="step-stripe">
          <span className="stripe" />
        </span>
      )}
      {status === 'needs-you' && <span className="step-flag" />}
      {status === 'failed' && <span className="step-cut" />}
      <div className="flex h-[18px] items-center gap-1.5">
        {content.change === undefined ? (
          <StatusMark look={stepStatusLook[status]} iconOnly still />
        ) : (
          <ChangeMark change={content.change} />
        )}
        <span
          dir="auto"
          className="step-title min-w-0 grow truncate text-13 font-semibold"
          title={content.title}
        >
          {content.title}
        </span>
        {content.attempt > 1 && (
          <span className="tnum inline-flex shrink-0 items-center gap-0.5 text-12 whitespace-nowrap text-running">
            <RotateCcw aria-hidden size={11} />×{content.attempt}
            {status === 'retrying' && (
              <span className="text-text-3">&nbsp;of {content.attemptsMax}</span>
            )}
          </span>
        )}
        {content.badges.length > 0 && <StepBadges badges={content.badges} />}
      </div>
      <p className="truncate text-12 text-text-3">
        {content.agentName}
        {content.model !== null && ` · ${content.model}`}
      </p>
      <p dir="auto" className="mt-px line-clamp-2 h-[30px] text-12 leading-[15px] text-text-2">
        {content.preview}
      </p>
      <p className="tnum mt-px flex items-baseline justify-end gap-3 text-12 text-text-2">
        {content.tokens > 0 && <span className="mr-auto">{formatCount(content.tokens)} tok</span>}
        {content.costNanoUsd > 0 && <span>{formatMoney(content.costNanoUsd)}</span>}
        {content.elapsedMs !== null && <span>{formatStepTime(content.elapsedMs)}</span>}
      </p>
    </div>
  )
})

const ChangeMark = ({ change }: { change: Change }) => (
  <span
    role="img"
    aria-label={change}
    className={`w-4 shrink-0 text-center font-mono text-16 leading-4 font-semibold ${changeLook[change].tone}`}
  >
    {changeLook[change].sign}
  </span>
)
