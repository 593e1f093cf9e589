import { hasEnded } from '@maestro/task-model/execution/readiness-of'
import type { Step } from '@maestro/task-model/task'
import { formatBytes } from '../../../../ui/format-count.ts'
import { stepStatusLook } from '../../../../ui/status-look.ts'
import { Disclosure } from '../../Disclosure.tsx'
import { PayloadText } from '../../PayloadText.tsx'
import { useShown } from '../../task-context.ts'

type Props = { step: Step; onSelect: (stepId: string) => void }

/** What a step works on: files of the task, and outputs of the steps that it needs. */
export const HandedOver = ({ step, onSelect }: Props) => {
  const steps = useShown((task) => task.steps, null)
  const { needs, inputs } = step
  const isNothing = needs.length === 0 && inputs.length === 0
  return (
    <section aria-label="Handed over">
      <h3 className="mb-1.5 text-13 font-semibold">Handed over</h3>
      {isNothing && <p className="text-13 text-text-3">It works on the goal of the task alone.</p>}
      <ul className="flex flex-col divide-y divide-line">
        {inputs.map((name) => (
          <li key={name} className="py-1.5 text-13 break-words text-text-2 first:pt-0">
            {name} <span className="text-text-3">· a file of the task</span>
          </li>
        ))}
        {needs.map((need) => {
          const source = steps?.[need]
          const output = source?.output ?? null
          return (
            <li key={need} className="py-1.5 text-13 first:pt-0">
              <p className="flex items-baseline gap-2">
                <button
                  type="button"
                  onClick={() => onSelect(need)}
                  className="min-w-0 rounded-4 text-left font-medium break-words text-text-2 underline underline-offset-2 hover:text-accent pointer-coarse:min-h-11"
                >
                  {source?.title ?? need}
                </button>
                <span className="tnum ml-auto shrink-0 text-12 text-text-3">
                  {output === null ? nothingFrom(source) : formatBytes(output.bytes)}
                </span>
              </p>
              {output !== null && (
                <Disclosure title="What it delivered">
                  {() => (
                    <PayloadText
                      payload={output}
                      label={`the output of ${source?.title ?? need}`}
                    />
                  )}
                </Disclosure>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const nothingFrom = (source: Step | undefined): string =>
  source !== undefined && hasEnded(source)
    ? `nothing: ${stepStatusLook[source.status].label.toLowerCase()}`
    : 'nothing yet'
