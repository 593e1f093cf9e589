import { bookmarkCharactersMax, BookmarkName } from '@maestro/contracts/task/bookmark-name'
import { useMutation } from '@tanstack/react-query'
import { BookmarkPlus } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import { type BookmarkWish, changeBookmark } from '../../../api/bookmarks.ts'
import { messageOf } from '../../../api/request-id.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { inputLook } from '../../../ui/control-look.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { useTaskSession, useView } from '../task-context.ts'
import { BookmarkRow } from './BookmarkRow.tsx'
import { useBookmarks } from './use-bookmarks.ts'

type Props = { onClose: () => void; onSeek: (seq: number) => void }

/** Names for places of the history: given to the shown one, changed, removed, and gone to. */
export const BookmarksDialog = ({ onClose, onSeek }: Props) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const seq = useView((view) => view.seq)
  const bookmarks = useBookmarks()
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const change = useMutation({
    mutationFn: (wish: BookmarkWish) => changeBookmark(http, taskId, wish),
    onSuccess: (_answer, { kind }) => {
      if (kind === 'set') setName('')
    },
  })
  /** Whether it is sent: a name that cannot be one is said where it stands. */
  const send = (wish: BookmarkWish): boolean => {
    const read = BookmarkName.safeParse(wish.name)
    setProblem(read.success ? null : (read.error.issues[0]?.message ?? 'That is no name'))
    if (read.success) change.mutate({ ...wish, name: read.data })
    return read.success
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    send({ kind: 'set', name, position: seq })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Bookmarks"
      holdsTyped={name.trim() !== ''}
    >
      <form onSubmit={submit} className="flex items-end gap-2 border-b border-line p-4">
        <Field
          label={`Name for event ${seq}`}
          error={problem ?? (change.error === null ? null : messageOf(change.error))}
          className="grow"
        >
          {({ id, describedBy, invalid }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              maxLength={bookmarkCharactersMax}
              value={name}
              onChange={(event) => setName(event.target.value)}
              className={inputLook}
            />
          )}
        </Field>
        <Button type="submit" look="primary" icon={BookmarkPlus} pending={change.isPending}>
          Set
        </Button>
      </form>
      {bookmarks.length === 0 ? (
        <p className="p-4 text-14 text-text-2">
          No place of this history has a name yet. Everybody who looks at the task sees bookmarks.
        </p>
      ) : (
        <ul aria-label="Bookmarks" className="divide-y divide-line">
          {bookmarks.map((bookmark) => (
            <BookmarkRow
              key={bookmark.name}
              bookmark={bookmark}
              onSeek={() => {
                onSeek(bookmark.position)
                onClose()
              }}
              onSend={send}
            />
          ))}
        </ul>
      )}
    </Dialog>
  )
}
