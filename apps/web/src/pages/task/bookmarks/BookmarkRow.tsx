import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { Pencil, Trash2 } from 'lucide-react'
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import { formatClock } from '../../../ui/format-time.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useView } from '../task-context.ts'
import { RenameBookmark } from './RenameBookmark.tsx'
import { useChangeBookmark } from './use-change-bookmark.ts'

type Props = { bookmark: Bookmark; onSeek: () => void }

export const BookmarkRow = ({ bookmark, onSeek }: Props) => {
  const { name, position, by } = bookmark
  const atMs = useView((view) => view.ticks[position - 1]?.atMs ?? null)
  const [isRenaming, setIsRenaming] = useState(false)
  const { send } = useChangeBookmark()
  const pencil = useRef<HTMLButtonElement>(null)
  const wasRenaming = useRef(false)
  useEffect(() => {
    // Renamed or not, one goes on from where the name was asked for.
    if (wasRenaming.current && !isRenaming) pencil.current?.focus()
    wasRenaming.current = isRenaming
  }, [isRenaming])
  const remove = ({ currentTarget }: MouseEvent) => {
    // Its row goes away with the focus in it.
    const row = currentTarget.closest('li')
    const next = row?.nextElementSibling ?? row?.previousElementSibling
    const target = next ?? row?.closest('dialog')
    target?.querySelector<HTMLElement>(next ? 'button' : 'input')?.focus()
    send({ kind: 'remove', name, position })
  }
  return (
    <li className="py-1 pr-2 pl-4">
      <div className="flex min-h-10 items-center gap-2">
        {isRenaming ? (
          <RenameBookmark bookmark={bookmark} onDone={() => setIsRenaming(false)} />
        ) : (
          <>
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
            <IconButton
              ref={pencil}
              label={`Rename ${name}`}
              icon={Pencil}
              onClick={() => setIsRenaming(true)}
            />
          </>
        )}
        <IconButton label={`Remove ${name}`} icon={Trash2} onClick={remove} />
      </div>
    </li>
  )
}
