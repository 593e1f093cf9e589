import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { IconButton } from '../ui/IconButton.tsx'
import { type Notice, notices, shownNotices } from './notices.ts'

/** Long enough to be read; a failure stays until somebody puts it away. */
const shownForMs = 6_000

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

const ShownNotice = ({ notice: { id, text, tone } }: { notice: Notice }) => {
  const hasFailed = tone === 'failed'
  useEffect(() => {
    if (hasFailed) return
    const timer = setTimeout(() => notices.putAway(id), shownForMs)
    return () => clearTimeout(timer)
  }, [id, hasFailed])
  const Icon = hasFailed ? CircleAlert : CircleCheck
  return (
    <li
      className={`hint pointer-events-auto flex items-start gap-2 rounded-6 border bg-bg py-1 pr-1 pl-3 text-13 ${hasFailed ? 'border-failed' : 'border-line-strong'}`}
    >
      <Icon
        aria-hidden
        size={16}
        className={`mt-1.5 shrink-0 ${hasFailed ? 'text-failed' : 'text-done'}`}
      />
      <span className="min-w-0 grow py-1 break-words">{text}</span>
      <IconButton label="Put away" icon={X} size="small" onClick={() => notices.putAway(id)} />
    </li>
  )
}
