import type { DiffPart } from './word-diff.ts'

/** Removed words are struck, added ones underlined: never told by colour alone. */
export const DiffWords = ({ parts }: { parts: readonly DiffPart[] }) =>
  parts.map(({ kind, text }, index) =>
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
  )
