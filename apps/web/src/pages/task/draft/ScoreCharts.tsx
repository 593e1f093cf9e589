import { Disclosure } from '../Disclosure.tsx'
import type { VersionRow } from './draft-rows.ts'
import { judgedValues } from './judged-values.ts'
import { observerLines } from './observer-lines.ts'
import { ScoreLines } from './ScoreLines.tsx'
import { ScoreTable } from './ScoreTable.tsx'

type Props = { rows: readonly VersionRow[]; scoreMin: number }

/** How versions were judged, one small chart for the score and one for each criterion, and the same figures as a table. */
export const ScoreCharts = ({ rows, scoreMin }: Props) => {
  const judged = judgedValues(rows)
  const values = rows.flatMap((row) =>
    judged.flatMap(({ valueOf }) =>
      observerLines.flatMap(({ observer }) => valueOf(row, observer) ?? []),
    ),
  )
  // From a little below the lowest one to 1: scores of good plans lie close together.
  const low = Math.max(0, Math.min(scoreMin, ...values) - 0.1)
  if (values.length === 0) return null
  return (
    <section aria-label="How the versions were judged" className="w-full">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2 max-md:flex-nowrap max-md:overflow-x-auto">
        {judged.map(({ name, valueOf }) => (
          <ScoreLines key={name} {...{ name, rows, valueOf, low, scoreMin }} />
        ))}
        <ul className="flex shrink-0 flex-col gap-0.5 text-12 text-text-2">
          {observerLines.map(({ observer, label, tone, dash }) => (
            <li key={observer} className="flex items-center gap-1.5">
              <svg width={18} height={6} aria-hidden>
                <line
                  x1={0}
                  x2={18}
                  y1={3}
                  y2={3}
                  stroke={tone}
                  strokeWidth={2}
                  strokeDasharray={dash}
                />
              </svg>
              {label}
            </li>
          ))}
          <li className="tnum text-text-3">a score needs {scoreMin.toFixed(2)}</li>
        </ul>
      </div>
      <Disclosure title="As a table">{() => <ScoreTable rows={rows} judged={judged} />}</Disclosure>
    </section>
  )
}
