import type { StepId } from '@maestro/contracts/ids'
import { type RefObject, useRef } from 'react'
import { changeLook } from '../../graph/change-look.ts'
import { useKeyHint } from '../../shell/use-key-hint.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { classes } from '../../ui/classes.ts'
import { formatPlural } from '../../ui/format-count.ts'
import type { FieldChange, StepChanges } from './changes-by-step.ts'
import { FieldDiff } from './FieldDiff.tsx'

type Props = {
  changes: readonly StepChanges[]
  /** The version that it is compared with; null: there is none. */
  against: number | null
  list: RefObject<HTMLOListElement | null>
  /** Somebody has come to what changed of this step. */
  onReach: (stepId: StepId | null) => void
}

/** What a version changed, step by step and word by word. N and Shift N move between the changes. */
export const ChangeList = ({ changes, against, list, onReach }: Props) => {
  const here = useRef(-1)
  const move = (by: 1 | -1) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>(':scope > li') ?? [])]
    const focused = entries.findIndex((entry) => entry.contains(document.activeElement))
    const from = focused < 0 ? here.current : focused
    const next = from < 0 ? (by > 0 ? 0 : entries.length - 1) : from + by
    entries[(next + entries.length) % entries.length]?.focus()
  }
  useKeys({ 'next-change': (event) => move(event.shiftKey ? -1 : 1) })
  const key = useKeyHint()('', 'next-change').trim()

  return (
    <section aria-label="Changes" className="min-w-0">
      <h2 className="flex items-baseline justify-between gap-4 px-4 pt-4 pb-1 text-13 font-semibold">
        {against === null ? 'Changes' : `Changed since version ${against}`}
        {changes.length > 0 && (
          <span className="font-normal text-text-3">
            {formatPlural(changes.length, 'change')}
            {key !== '' && ` · ${key} moves on`}
          </span>
        )}
      </h2>
      {changes.length === 0 && (
        <p className="px-4 pb-4 text-14 text-text-2">
          {against === null
            ? 'It is compared with no other version.'
            : 'Both versions have the same steps and the same team.'}
        </p>
      )}
      <ol ref={list}>
        {changes.map((change, index) => (
          <li
            key={change.key}
            data-change-of={change.stepId ?? undefined}
            tabIndex={-1}
            onFocus={() => {
              here.current = index
              onReach(change.stepId)
            }}
            className="border-b border-line px-4 py-2.5 focus-visible:-outline-offset-2"
          >
            <Entry change={change} />
          </li>
        ))}
      </ol>
    </section>
  )
}

const Entry = ({ change: { kind, name, fields, agent } }: { change: StepChanges }) => (
  <>
    <p className="flex gap-2 text-14 font-medium">
      <span
        aria-hidden
        className={classes('w-3 shrink-0 font-mono font-semibold', changeLook[kind].tone)}
      >
        {changeLook[kind].sign}
      </span>
      <span className={classes('min-w-0 break-words', kind === 'removed' && 'line-through')}>
        {name}
      </span>
      <span className="ml-auto shrink-0 text-13 font-normal text-text-3">{kind}</span>
    </p>
    <Fields fields={fields} />
    {agent !== null && (
      <div className="mt-2 pl-5">
        <p className="text-13 text-text-2">
          Its agent {agent.name} changed{agent.toldAt !== null && `: see “${agent.toldAt}”`}
        </p>
        <Fields fields={agent.fields} />
      </div>
    )}
  </>
)

const Fields = ({ fields }: { fields: readonly FieldChange[] }) => (
  <>
    {fields.map((field) => (
      <FieldDiff key={field.name} {...field} />
    ))}
  </>
)
