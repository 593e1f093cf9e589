import { formatPlural } from '../../../ui/format-count.ts'
import { formatDuration } from '../../../ui/format-time.ts'
import { Disclosure } from '../Disclosure.tsx'
import { formatShare } from './format-share.ts'
import { ShareRow } from './ShareRow.tsx'
import { timeWords } from './time-words.ts'
import type { CriticalStep } from './waterfall-rows.ts'

type Props = {
  steps: readonly CriticalStep[]
  /** Of the whole task. */
  allMs: number
  onSelect: (stepId: string) => void
}

/** What the end waited for, in its order, each with its share of the task's time and what that was for. */
export const CriticalPath = ({ steps, allMs, onSelect }: Props) => {
  const ms = steps.reduce((sum, step) => sum + step.ms, 0)
  const share = allMs === 0 ? 0 : Math.min(1, ms / allMs)
  return (
    <Disclosure
      title={`Critical path: ${formatPlural(steps.length, 'step')}, ${formatDuration(ms)}, ${formatShare(share)} of the task`}
    >
      {() => (
        <ol className="max-w-[760px]">
          {steps.map((step) => (
            <ShareRow
              key={step.stepId}
              name={step.title}
              detail={timeWords(step.time).join(' · ')}
              ms={step.ms}
              share={step.share}
              onPress={() => onSelect(step.stepId)}
            />
          ))}
        </ol>
      )}
    </Disclosure>
  )
}
