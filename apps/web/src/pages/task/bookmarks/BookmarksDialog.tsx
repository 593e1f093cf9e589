import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { bookmarkCharactersMax } from '@maestro/contracts/task/bookmark-name'
import { BookmarkPlus } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import { NoticesHere } from '../../../shell/Notices.tsx'
import { Button } from '../../../ui/Button.tsx'
import { inputLook } from '../../../ui/control-look.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { takeTypedAhead } from '../../../ui/TypedAhead.tsx'
import { BookmarkRow } from './BookmarkRow.tsx'
import { nameFor } from './name-for.ts'
import { useBookmarks } from './use-bookmarks.ts'
import { useChangeBookmark } from './use-change-bookmark.ts'

type Props = {
  /** What was shown when it was asked for: live events go on meanwhile. */
  position: number
  onClose: () => void
  onSeek: (seq: number) => void
}

/** Names for places of the history: given to the shown one, changed, removed, and gone to. */
export const BookmarksDialog = ({ position, onClose, onSeek }: Props) => {
  const bookmarks = useBookmarks()
  const [typed, setTyped] = useState(takeTypedAhead)
  const [problem, setProblem] = useState<string | null>(null)
  const { send, isPending, refusal } = useChangeBookmark(({ name }) =>
    setTyped((now) => (now.trim() === name ? '' : now)),
  )
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isPending) return
    const read = nameFor({ typed, position }, bookmarks)
    setProblem('problem' in read ? read.problem : null)
    if ('problem' in read) return
    // What is so already is no change that could be taken back.
    if (bookmarks.some(({ name }) => name === read.name)) return setTyped('')
    send({ kind: 'set', name: read.name, position })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Bookmarks"
      holdsTyped={typed.trim() !== ''}
    >
      <form onSubmit={submit} className="flex items-end gap-2 border-b border-line p-4">
        <Field label={`Name for event ${position}`} error={problem ?? refusal} className="grow">
          {({ id, describedBy, invalid }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              maxLength={bookmarkCharactersMax}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className={inputLook}
            />
          )}
        </Field>
        <Button type="submit" look="primary" icon={BookmarkPlus} pending={isPending}>
          Set
        </Button>
      </form>
      {bookmarks.length === 0 ? (
        <p className="p-4 text-14 text-text-2">
          No place of this history has a name yet. Everybody who looks at the task sees bookmarks.
        </p>
      ) : (
        <ul aria-label="Bookmarks" className="divide-y divide-line">
          {bookmarks.map((bookmark, index) => (
            <BookmarkRow
              key={rowKey(bookmarks, index)}
              bookmark={bookmark}
              onSeek={() => {
                onSeek(bookmark.position)
                onClose()
              }}
            />
          ))}
        </ul>
      )}
      <NoticesHere />
    </Dialog>
  )
}

/** A row stays the same one while its bookmark gets another name: its place does not change. */
const rowKey = (bookmarks: readonly Bookmark[], index: number): string => {
  const position = bookmarks[index]?.position ?? 0
  return `${position} ${index - bookmarks.findIndex((one) => one.position === position)}`
}
