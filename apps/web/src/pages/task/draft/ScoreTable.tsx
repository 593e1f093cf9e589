import { observerLines } from './observer-lines.ts'
import type { Judged } from './judged-values.ts'
import type { VersionRow } from './draft-rows.ts'

type Props = { rows: readonly VersionRow[]; judged: readonly Judged[] }

/** The figures of the charts. */
export const ScoreTable = ({ rows, judged }: Props) => (
  <div className="overflow-x-auto">
    <table className="tnum text-13">
      <thead className="text-12 text-text-3">
        <tr>
          <th scope="col" className="pr-6 text-left font-medium">
            Version
          </th>
          {judged.flatMap(({ name }) =>
            observerLines.map(({ label }) => (
              <th
                key={`${name} ${label}`}
                scope="col"
                className="px-2 text-right font-medium first-letter:uppercase"
              >
                {name}, {label.toLowerCase()}
              </th>
            )),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.plan.version}>
            <th scope="row" className="pr-6 text-left font-medium">
              {row.plan.version}
            </th>
            {judged.flatMap(({ name, valueOf }) =>
              observerLines.map(({ observer }) => (
                <td key={`${name} ${observer}`} className="px-2 text-right">
                  {valueOf(row, observer)?.toFixed(2) ?? '–'}
                </td>
              )),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
