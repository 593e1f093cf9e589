import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { bookmarkCharactersMax } from '@maestro/contracts/task/bookmark-name'
import { Check } from 'lucide-react'
import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { inputLook } from '../../../ui/control-look.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { nameFor } from './name-for.ts'
import { useBookmarks } from './use-bookmarks.ts'
import { useChangeBookmark } from './use-change-bookmark.ts'

type Props = { bookmark: Bookmark; onDone: () => void }

/** Another name for the same event, shown at once. Refused, the old one is back, and what was typed is told with the reason. */
export const RenameBookmark = ({ bookmark: { name: before, position }, onDone }: Props) => {
  const problemId = useId()
  const input = useRef<HTMLInputElement>(null)
  const bookmarks = useBookmarks()
  const [typed, setTyped] = useState(before)
  const [problem, setProblem] = useState<string | null>(null)
  const { send } = useChangeBookmark()

  // Whoever asked to rename types next.
  useEffect(() => input.current?.focus(), [])

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const read = nameFor({ typed, position }, bookmarks)
    setProblem('problem' in read ? read.problem : null)
    if ('problem' in read) return
    if (read.name !== before) send({ kind: 'rename', name: read.name, position, before })
    onDone()
  }
  return (
    <form onSubmit={submit} className="flex min-w-0 grow flex-wrap items-center gap-1">
      <input
        ref={input}
        aria-label={`New name of ${before}`}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        maxLength={bookmarkCharactersMax}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          onDone()
        }}
        className={`${inputLook} min-w-0 grow`}
      />
      <IconButton label="Rename" icon={Check} type="submit" />
      {problem !== null && (
        <p id={problemId} role="alert" className="basis-full text-13 font-medium text-failed">
          {problem}
        </p>
      )}
    </form>
  )
}
