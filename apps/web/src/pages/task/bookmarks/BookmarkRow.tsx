import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { bookmarkCharactersMax } from '@maestro/contracts/task/bookmark-name'
import { Check, Pencil, Trash2 } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import type { BookmarkWish } from '../../../api/bookmarks.ts'
import { inputLook } from '../../../ui/control-look.ts'
import { formatClock } from '../../../ui/format-time.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useView } from '../task-context.ts'

type Props = {
  bookmark: Bookmark
  onSeek: () => void
  /** False: not sent, and said why. */
  onSend: (wish: BookmarkWish) => boolean
}

export const BookmarkRow = ({ bookmark, onSeek, onSend }: Props) => {
  const { name, position, by } = bookmark
  const atMs = useView((view) => view.ticks[position - 1]?.atMs ?? null)
  const [renamed, setRenamed] = useState<string | null>(null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (renamed === null) return
    const isSame = renamed.trim() === name
    if (isSame || onSend({ kind: 'rename', name: renamed, position, before: name })) {
      setRenamed(null)
    }
  }
  return (
    <li className="flex min-h-12 items-center gap-2 py-1 pr-2 pl-4">
      {renamed === null ? (
        <button
          type="button"
          onClick={onSeek}
          className="flex min-w-0 grow flex-col rounded-4 text-left hover:text-accent pointer-coarse:min-h-11"
        >
          <span className="max-w-full truncate text-14 font-medium">{name}</span>
          <span className="tnum text-12 text-text-3">
            event {position}
            {atMs !== null && ` · ${formatClock(atMs)}`} · {by}
          </span>
        </button>
      ) : (
        <form onSubmit={submit} className="flex min-w-0 grow items-center gap-1">
          <input
            aria-label={`New name of ${name}`}
            // Whoever asked to rename types next.
            ref={(input) => input?.focus()}
            maxLength={bookmarkCharactersMax}
            value={renamed}
            onChange={(event) => setRenamed(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.preventDefault()
              event.stopPropagation()
              setRenamed(null)
            }}
            className={`${inputLook} min-w-0 grow`}
          />
          <IconButton label="Rename" icon={Check} type="submit" />
        </form>
      )}
      {renamed === null && (
        <IconButton label={`Rename ${name}`} icon={Pencil} onClick={() => setRenamed(name)} />
      )}
      <IconButton
        label={`Remove ${name}`}
        icon={Trash2}
        onClick={() => onSend({ kind: 'remove', name })}
      />
    </li>
  )
}
