import type { StepId } from '@maestro/contracts/ids'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import { RotateCcw, Shuffle } from 'lucide-react'
import { memo } from 'react'
import { formatCount } from '../ui/format-count.ts'
import { formatMoney } from '../ui/format-money.ts'
import { formatStepTime } from '../ui/format-time.ts'
import { stepStatusLook } from '../ui/status-look.ts'
import { StatusMark } from '../ui/StatusMark.tsx'

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
  /** A provider failed and another one answered. */
  readonly hasFallback: boolean
  readonly tokens: number
  readonly costNanoUsd: number
  /** Null before it has started. */
  readonly elapsedMs: number | null
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
  hasFallback: false,
  tokens: 0,
  costNanoUsd: 0,
  elapsedMs: null,
})

type Props = { content: CardContent; isSelected: boolean; isDimmed: boolean; isStill: boolean }

/** 220 by 96, always: nothing is measured. */
export const StepCard = memo(({ content, isSelected, isDimmed, isStill }: Props) => {
  const { status } = content
  const isRunning = status === 'running' || status === 'retrying'
  return (
    <div
      className="step-card"
      data-status={status}
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
        <StatusMark look={stepStatusLook[status]} iconOnly still={isStill} />
        <span
          className="step-title min-w-0 grow truncate text-13 font-semibold"
          title={content.title}
        >
          {content.title}
        </span>
        {content.attempt > 1 && (
          <span className="tnum inline-flex shrink-0 items-center gap-0.5 text-12 whitespace-nowrap text-running">
            <RotateCcw aria-hidden size={11} />×{content.attempt}
            <span className="text-text-3">&nbsp;of {content.attemptsMax}</span>
          </span>
        )}
        {content.hasFallback && (
          <span title="A provider failed; another one answered" className="text-waiting">
            <Shuffle aria-label="Provider fallback" size={13} />
          </span>
        )}
      </div>
      <p className="truncate text-12 text-text-3">
        {content.agentName}
        {content.model !== null && ` · ${content.model}`}
      </p>
      <p className="mt-px line-clamp-2 h-[30px] text-12 leading-[15px] text-text-2">
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
