import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { type Notice, notices, shownNotices } from './notices.ts'

/** Long enough to be read; a failure stays until somebody puts it away. */
const shownForMs = 6_000
/** Time to change one's mind. */
const undoForMs = 8_000

/** Small and at the edge: it takes neither the focus nor the place of what is read. */
export const Notices = () => {
  const { kept } = useStore(notices.store)
  return (
    <ul
      aria-label="Notices"
      className="pointer-events-none fixed right-4 bottom-22 z-40 flex w-80 max-w-[calc(100vw-32px)] flex-col gap-2 max-md:bottom-34"
    >
      {shownNotices(kept).map((notice) => (
        <ShownNotice key={notice.id} notice={notice} />
      ))}
    </ul>
  )
}

/** The same within a dialog, which lets nobody reach what is outside of it. */
export const NoticesHere = () => {
  const { kept } = useStore(notices.store)
  return (
    <ul role="status" className="flex flex-col gap-2 not-empty:p-4 not-empty:pt-0">
      {shownNotices(kept).map((notice) => (
        <ShownNotice key={notice.id} notice={notice} />
      ))}
    </ul>
  )
}

const ShownNotice = ({ notice: { id, text, tone, undo } }: { notice: Notice }) => {
  const hasFailed = tone === 'failed'
  const forMs = undo === null ? shownForMs : undoForMs
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    if (hasFailed || isHeld) return
    const timer = setTimeout(() => notices.putAway(id), forMs)
    return () => clearTimeout(timer)
  }, [id, hasFailed, isHeld, forMs])
  const Icon = hasFailed ? CircleAlert : CircleCheck
  return (
    <li
      // Whoever is about to press it has the time for it.
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className={`hint pointer-events-auto flex items-start gap-2 rounded-6 border bg-bg py-1 pr-1 pl-3 text-13 ${hasFailed ? 'border-failed' : 'border-line-strong'}`}
    >
      <Icon
        aria-hidden
        size={16}
        className={`mt-1.5 shrink-0 ${hasFailed ? 'text-failed' : 'text-done'}`}
      />
      <span className="min-w-0 grow py-1 break-words">{text}</span>
      {undo !== null && (
        <Button
          size="small"
          onClick={() => {
            notices.putAway(id)
            undo()
          }}
        >
          Undo
        </Button>
      )}
      <IconButton label="Put away" icon={X} size="small" onClick={() => notices.putAway(id)} />
    </li>
  )
}
