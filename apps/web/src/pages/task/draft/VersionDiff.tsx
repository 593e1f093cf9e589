import type { PlanVersion } from '@maestro/task-model/task'
import { type PartChange, planDiff } from '@maestro/task-model/plan/plan-diff'
import { Link } from '@tanstack/react-router'
import { paths } from '../../../paths.ts'
import { fieldName } from '../../plan/field-words.ts'
import { useTaskSession } from '../task-context.ts'

type Props = { before: PlanVersion; plan: PlanVersion }

const signs = { added: '+', removed: '−', changed: '~' } as const

/** What this version changed in the one before it: by sign and word, never by colour alone. */
export const VersionDiff = ({ before, plan }: Props) => {
  const { taskId } = useTaskSession()
  const { agents, steps } = planDiff(before, plan)
  const lines = [
    ...steps.map((change) => lineOf(change, `step “${change.part.title}”`)),
    ...agents.map((change) => lineOf(change, `agent ${change.part.name}`)),
  ]
  return (
    <section aria-label="Changes" className="border-b border-line px-4 py-3">
      <h2 className="flex items-baseline justify-between gap-4 text-13 font-semibold">
        Changed since version {before.version}
        <Link
          to={paths.plan()}
          params={{ taskId, version: String(plan.version) }}
          search={{ against: before.version }}
          className="font-medium text-accent hover:underline pointer-coarse:py-3.5"
        >
          Word by word
        </Link>
      </h2>
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
      ? `${name} changed: ${change.fields.map(fieldName).join(', ')}`
      : `${name} ${change.kind}`,
})
