import type { Step } from '@maestro/task-model/task'
import { turnsOf } from '@maestro/task-model/execution/turns-of'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatDuration } from '../../../ui/format-time.ts'
import { modeWords } from './mode-words.ts'

/** How a step comes to its output and what bounds it; nothing for a step that has none of it. */
export const Conduct = ({ step }: { step: Step }) => {
  const lines = [...modeWords(step), ...capWords(step)]
  if (lines.length === 0) return null
  return (
    <section aria-label="Mode and caps" className="mb-4 text-13">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
        {lines.map(({ label, text }) => (
          <div key={label} className="contents">
            <dt className="text-text-3">{label}</dt>
            <dd className="tnum break-words text-text-2">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const capWords = ({ caps, ...step }: Step): readonly { label: string; text: string }[] => [
  ...(caps?.turnsMax === undefined
    ? []
    : [{ label: 'Turns', text: `${turnsOf(step)} of ${caps.turnsMax}` }]),
  ...(caps?.tokensMax === undefined
    ? []
    : [{ label: 'Tokens', text: `${step.inputTokens + step.outputTokens} of ${caps.tokensMax}` }]),
  ...(caps?.costNanoUsd === undefined
    ? []
    : [
        {
          label: 'Money',
          text: `${formatMoney(step.costNanoUsd)} of ${formatMoney(caps.costNanoUsd)}`,
        },
      ]),
  ...(caps?.durationMs === undefined
    ? []
    : [{ label: 'Time', text: `at most ${formatDuration(caps.durationMs)}` }]),
]
