import type { PlanVersion } from '@maestro/task-model/task'
import { type PartChange, planDiff } from '@maestro/task-model/plan/plan-diff'

type Props = { before: PlanVersion; plan: PlanVersion }

const signs = { added: '+', removed: '−', changed: '~' } as const

/** What this version changed in the one before it: by sign and word, never by colour alone. */
export const VersionDiff = ({ before, plan }: Props) => {
  const { agents, steps } = planDiff(before, plan)
  const lines = [
    ...steps.map((change) => lineOf(change, `step “${change.part.title}”`)),
    ...agents.map((change) => lineOf(change, `agent ${change.part.name}`)),
  ]
  return (
    <section aria-label="Changes" className="border-b border-line px-4 py-3">
      <h2 className="text-13 font-semibold">Changed since version {before.version}</h2>
      {lines.length === 0 ? (
        <p className="text-13 text-text-3">Nothing.</p>
      ) : (
        <ul className="mt-1 text-13">
          {lines.map(({ sign, text }) => (
            <li key={text} className="flex gap-2">
              <span aria-hidden className="w-3 shrink-0 font-mono">
                {sign}
              </span>
              {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const lineOf = (change: PartChange<unknown>, name: string) => ({
  sign: signs[change.kind],
  text:
    change.kind === 'changed'
      ? `${name} changed: ${change.fields.join(', ')}`
      : `${name} ${change.kind}`,
})
