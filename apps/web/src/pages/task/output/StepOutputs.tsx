import type { Step } from '@maestro/task-model/task'
import { ScrollText } from 'lucide-react'
import { formatBytes } from '../../../ui/format-count.ts'
import { useShown } from '../task-context.ts'

const typeWords = { markdown: 'Markdown', text: 'Text', json: 'JSON' } as const

/** Which one of its outputs it is: refined, or of a later attempt. */
const versionOf = ({ refined, attempt }: Step): string => {
  if (refined) return `v${refined.version}`
  return attempt > 1 ? `attempt ${attempt}` : 'v1'
}

/** What each step has delivered by now: name, type, size, the step that made it, and which version it is. */
export const StepOutputs = ({ onSelect }: { onSelect: (stepId: string) => void }) => {
  const order = useShown((task) => task.order, null)
  const steps = useShown((task) => task.steps, null)
  const outputs = (order ?? []).flatMap((stepId, index) => {
    const step = steps?.[stepId]
    return step?.output ? [{ step, output: step.output, number: index + 1 }] : []
  })
  const cutOff = Object.values<Step>(steps ?? {}).filter(({ status }) => status === 'cut-off')
  return (
    <>
      <h2 className="mb-2 text-13 font-semibold">Outputs of steps</h2>
      {outputs.length === 0 && <p className="text-13 text-text-3">None yet.</p>}
      <ul>
        {outputs.map(({ step, output, number }) => (
          <li key={step.stepId}>
            <button
              type="button"
              onClick={() => onSelect(step.stepId)}
              className="flex w-full items-start gap-2 rounded-4 px-1 py-1 text-left text-13 hover:bg-surface pointer-coarse:min-h-11"
            >
              <ScrollText aria-hidden size={14} className="mt-0.5 shrink-0 text-text-3" />
              <span className="min-w-0 grow">
                <span className="block truncate">{step.title}</span>
                <span className="tnum block truncate text-12 text-text-3">
                  {typeWords[step.promise.format]} · {formatBytes(output.bytes)} · step {number} ·{' '}
                  {versionOf(step)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {cutOff.length > 0 && (
        <p className="mt-2 px-1 text-13 text-text-2">
          Cut off, as money had run out: {cutOff.map(({ title }) => title).join(', ')}.
        </p>
      )}
    </>
  )
}
