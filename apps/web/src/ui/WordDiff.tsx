import { useMemo } from 'react'
import { wordDiff } from './word-diff.ts'

type Props = { before: string; after: string; label: string }

/** Removed words are struck, added ones underlined: never told by colour alone. */
export const WordDiff = ({ before, after, label }: Props) => {
  const parts = useMemo(() => wordDiff(before, after), [before, after])
  return (
    <pre
      tabIndex={0}
      aria-label={label}
      className="max-h-60 overflow-auto rounded-6 border border-line bg-surface p-3 font-mono text-12 whitespace-pre-wrap text-text-2"
    >
      {parts.map(({ kind, text }, index) =>
        kind === 'same' ? (
          text
        ) : kind === 'added' ? (
          <ins key={index} className="font-medium text-done underline underline-offset-2">
            {text}
          </ins>
        ) : (
          <del key={index} className="text-failed line-through">
            {text}
          </del>
        ),
      )}
    </pre>
  )
}
