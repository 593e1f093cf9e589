import { planDiff } from '@maestro/task-model/plan/plan-diff'
import type { PlanVersion } from '@maestro/task-model/task'
import { useMemo, useRef } from 'react'
import { useKeys } from '../../shell/use-keys.ts'
import { formatPlural } from '../../ui/format-count.ts'
import { FieldDiff } from './FieldDiff.tsx'

type Props = { plan: PlanVersion; before: PlanVersion | undefined }
type Field = { name: string; before: unknown; after: unknown }
type Change = { key: string; kind: 'added' | 'removed' | 'changed'; name: string; fields: Field[] }

const signs = { added: '+', removed: '−', changed: '~' } as const
const valueOf = (part: object, field: string): unknown => new Map(Object.entries(part)).get(field)

/** What a version changed in another one, part by part and word by word. N and Shift N move between the changes. */
export const ChangeList = ({ plan, before }: Props) => {
  const list = useRef<HTMLOListElement>(null)
  const changes = useMemo((): readonly Change[] => {
    if (before === undefined) return []
    const { steps, agents } = planDiff(before, plan)
    const fieldsOf = (change: (typeof steps)[number] | (typeof agents)[number]): Field[] =>
      change.kind === 'changed'
        ? change.fields.map((name) => ({
            name,
            before: valueOf(change.before, name),
            after: valueOf(change.part, name),
          }))
        : []
    return [
      ...steps.map((change) => ({
        key: change.part.stepId,
        kind: change.kind,
        name: `Step “${change.part.title}”`,
        fields: fieldsOf(change),
      })),
      ...agents.map((change) => ({
        key: change.part.agentId,
        kind: change.kind,
        name: `Agent ${change.part.name}`,
        fields: fieldsOf(change),
      })),
    ]
  }, [plan, before])
  const move = (by: 1 | -1) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>(':scope > li') ?? [])]
    const here = entries.findIndex((entry) => entry.contains(document.activeElement))
    const next = here < 0 ? (by > 0 ? 0 : entries.length - 1) : here + by
    entries[(next + entries.length) % entries.length]?.focus()
  }
  useKeys({ n: (event) => move(event.shiftKey ? -1 : 1) })

  return (
    <section aria-label="Changes" className="min-w-0 border-line @5xl:border-r">
      <h2 className="flex items-baseline justify-between gap-4 px-4 pt-4 pb-1 text-13 font-semibold">
        {before === undefined ? 'Changes' : `Changed since version ${before.version}`}
        {changes.length > 0 && (
          <span className="font-normal text-text-3">
            {formatPlural(changes.length, 'change')} · N moves on
          </span>
        )}
      </h2>
      {changes.length === 0 && (
        <p className="px-4 pb-4 text-14 text-text-2">
          {before === undefined
            ? 'There is no other version to compare it with.'
            : 'Both versions have the same steps and the same team.'}
        </p>
      )}
      <ol ref={list}>
        {changes.map(({ key, kind, name, fields }) => (
          <li
            key={key}
            tabIndex={-1}
            className="border-b border-line px-4 py-2.5 focus-visible:-outline-offset-2"
          >
            <p className="flex gap-2 text-14 font-medium">
              <span aria-hidden className="w-3 shrink-0 font-mono">
                {signs[kind]}
              </span>
              <span className="min-w-0 break-words">{name}</span>
              <span className="ml-auto shrink-0 text-13 font-normal text-text-3">{kind}</span>
            </p>
            {fields.map((field) => (
              <FieldDiff key={field.name} {...field} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
}
