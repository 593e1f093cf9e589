import { useStore } from 'zustand'
import { classes } from '../ui/classes.ts'
import { Hint } from '../ui/Hint.tsx'
import { useApp } from './app-context.ts'

const looks = {
  open: { label: 'Live', tone: 'text-done', hint: 'Live updates arrive' },
  connecting: { label: 'Connecting', tone: 'text-neutral', hint: 'Asking for live updates' },
  lost: { label: 'Not live', tone: 'text-failed', hint: 'Live updates are lost; trying again' },
} as const

export const ConnectionDot = () => {
  const { socket } = useApp()
  const { status } = useStore(socket.state)
  const { label, tone, hint } = looks[status]
  return (
    <Hint text={hint} side="bottom">
      <span
        tabIndex={0}
        className="inline-flex h-8 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-6 px-2 text-13 text-text-2"
      >
        <span
          aria-hidden
          className={classes(
            'size-2 rounded-full border-2 border-current',
            tone,
            status === 'open' && 'bg-current',
          )}
        />
        <span className="max-md:sr-only">{label}</span>
      </span>
    </Hint>
  )
}
