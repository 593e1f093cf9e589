export type ConsequenceRow = {
  readonly key: string
  readonly title: string
  /** What happens to it beside that. */
  readonly notes: readonly string[]
  readonly spent: string
  readonly expected: string
}

type Props = {
  rows: readonly ConsequenceRow[]
  together: { readonly spent: string; readonly expected: string }
  /** Where the money is not spent but saved. */
  expectedTitle?: string
}

/** Which steps something concerns, what they have cost and what they are expected to cost. */
export const ConsequenceTable = ({ rows, together, expectedTitle = 'Expected' }: Props) => (
  <table className="w-full text-13">
    {/* The dialog around it scrolls: a long list keeps its heads. */}
    <thead className="sticky top-0 bg-bg text-left text-text-3">
      <tr>
        <th className="py-1 pr-3 font-medium">Step</th>
        <th className="py-1 pr-3 text-right font-medium">Has cost</th>
        <th className="py-1 text-right font-medium">{expectedTitle}</th>
      </tr>
    </thead>
    <tbody className="tnum">
      {rows.map(({ key, title, notes, spent, expected }) => (
        <tr key={key} className="border-t border-line">
          <td className="py-1 pr-3">
            {title}
            {notes.map((note) => (
              <span key={note} className="text-text-3">
                {' '}
                · {note}
              </span>
            ))}
          </td>
          <td className="py-1 pr-3 text-right">{spent}</td>
          <td className="py-1 text-right">{expected}</td>
        </tr>
      ))}
    </tbody>
    {rows.length > 1 && (
      <tfoot className="tnum font-medium">
        <tr className="border-t border-line-strong">
          <td className="py-1 pr-3">Together</td>
          <td className="py-1 pr-3 text-right">{together.spent}</td>
          <td className="py-1 text-right">{together.expected}</td>
        </tr>
      </tfoot>
    )}
  </table>
)
