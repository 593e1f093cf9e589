import { useMemo } from 'react'
import { DiffWords } from './DiffWords.tsx'
import { wordDiff } from './word-diff.ts'

type Props = { before: string; after: string; label: string }

/** What became of a text, in one column. */
export const WordDiff = ({ before, after, label }: Props) => {
  const parts = useMemo(() => wordDiff(before, after), [before, after])
  return (
    <pre
      tabIndex={0}
      aria-label={label}
      className="max-h-60 overflow-auto rounded-6 border border-line bg-surface p-3 font-mono text-12 whitespace-pre-wrap text-text-2"
    >
      <DiffWords parts={parts} />
    </pre>
  )
}
