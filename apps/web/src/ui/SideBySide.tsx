import { Fragment, useMemo } from 'react'
import { DiffWords } from './DiffWords.tsx'
import { sideBySide } from './side-by-side.ts'

type Props = { before: string; after: string; label: string }

const cellLook = 'min-h-4 min-w-0 px-3 break-words whitespace-pre-wrap'

/** Two texts beside each other: what only the first says is struck, what only the second says underlined. */
export const SideBySide = ({ before, after, label }: Props) => {
  const rows = useMemo(() => sideBySide(before, after), [before, after])
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={label}
      className="grid max-h-120 grid-cols-2 overflow-y-auto rounded-6 border border-line bg-surface py-2 font-mono text-12 text-text-2"
    >
      {rows.map(({ left, right }, index) => (
        <Fragment key={index}>
          <div className={`${cellLook} border-r border-line`}>
            <DiffWords parts={left} />
          </div>
          <div className={cellLook}>
            <DiffWords parts={right} />
          </div>
        </Fragment>
      ))}
    </div>
  )
}
