import type { Step } from '@maestro/task-model/task'
import { useMemo } from 'react'
import { formatClockMs, formatExact } from '../../../../ui/format-time.ts'
import { useShown } from '../../task-context.ts'
import { HandedOver } from './HandedOver.tsx'
import { type MemoryLine, memoryLines } from './memory-lines.ts'

type Props = { step: Step; onSelect: (stepId: string) => void }

/** What a step knows: what others handed over, what the task told it, and what it left for later ones. */
export const MemoryTab = ({ step, onSelect }: Props) => {
  const { stepId } = step
  const memories = useShown((task) => task.memories, undefined)
  const steps = useShown((task) => task.steps, null)
  const { read, written, unread } = useMemo(
    () => memoryLines({ ...(memories && { memories }), steps: steps ?? {} }, stepId),
    [memories, steps, stepId],
  )
  return (
    <div className="flex flex-col gap-6">
      <HandedOver step={step} onSelect={onSelect} />
      <Group
        name="Read"
        lines={read}
        empty="It was told nothing from the memory of the task."
        onSelect={onSelect}
      />
      <Group
        name="Written"
        lines={written}
        empty="Nothing that came of this step is kept for later ones."
        onSelect={onSelect}
      />
      {unread.length > 0 && (
        <Group
          name="Known by the task, not by this step"
          lines={unread}
          empty=""
          onSelect={onSelect}
        />
      )}
    </div>
  )
}

type GroupProps = {
  name: string
  lines: readonly MemoryLine[]
  empty: string
  onSelect: (stepId: string) => void
}

const Group = ({ name, lines, empty, onSelect }: GroupProps) => (
  <section aria-label={name}>
    <h3 className="mb-1.5 text-13 font-semibold">{name}</h3>
    {lines.length === 0 && <p className="text-13 text-text-3">{empty}</p>}
    <ul className="flex flex-col divide-y divide-line">
      {lines.map(({ key, text, stepId, source, origin, atMs }) => (
        <li key={`${key} ${atMs} ${text}`} className="py-2 text-13 break-words first:pt-0">
          <p className="text-text-2">
            <span className="font-medium text-text">{key}</span> {text}
          </p>
          <p className="mt-0.5 text-12 text-text-3">
            from{' '}
            <button
              type="button"
              onClick={() => onSelect(stepId)}
              className="rounded-4 font-medium text-text-2 underline underline-offset-2 hover:text-accent pointer-coarse:min-h-11"
            >
              {source}
            </button>
            , {origin},{' '}
            <span className="tnum" title={formatExact(atMs)}>
              {formatClockMs(atMs)}
            </span>
          </p>
        </li>
      ))}
    </ul>
  </section>
)
