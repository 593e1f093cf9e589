import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { Flag, LocateFixed, Radio } from 'lucide-react'
import { type KeyboardEvent, useCallback, useRef } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { KeptMoment, TaskTick } from '../live/task-ticks.ts'
import { useKeyHint } from '../shell/use-key-hint.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Select } from '../ui/Select.tsx'
import type { AxisMode } from './axis.ts'
import { significantFrom } from './buckets.ts'
import { nextBookmark } from './next-bookmark.ts'
import { type Speed, speeds } from './playback.ts'
import { Rail } from './Rail.tsx'
import { Transport } from './Transport.tsx'
import { usePlayback } from './use-playback.ts'

type Props = {
  ticks: readonly TaskTick[]
  bookmarks: readonly Bookmark[]
  kept: readonly KeptMoment[]
  place: StoreApi<{ seq: number; mode: 'live' | 'replay'; seekingTo: number | null }>
  isReplay: boolean
  axisMode: AxisMode
  isCompact: boolean
  describe: (seq: number) => string
  onAxisMode: (mode: AxisMode) => void
  onSeek: (seq: number, how?: { push?: boolean }) => void
  onLive: () => void
  onBookmarks: () => void
  onGoTo: () => void
}

const speedOptions = [
  { value: 'whole', label: '20 s' },
  ...speeds.map((speed) => ({ value: String(speed), label: `${speed}×` })),
]
const toSpeed = (value: string): Speed => speeds.find((speed) => String(speed) === value) ?? 'whole'
const pageShare = 0.05

/** Looks at any moment of a task. Position is the number of an event, not a time. */
export const Scrubber = (props: Props) => {
  const { ticks, bookmarks, place, isReplay, axisMode, isCompact, describe, onAxisMode, onLive } =
    props
  const last = ticks.length
  const seq = useCallback(() => {
    const { mode, seq: shown, seekingTo } = place.getState()
    // A key goes on from where the one before it wants to go, also while that is being fetched.
    return seekingTo ?? (mode === 'live' ? last : shown)
  }, [place, last])
  const isWaiting = useCallback(() => place.getState().seekingTo !== null, [place])
  const playback = usePlayback({ ticks, seq, isWaiting, onSeek: props.onSeek })
  const { stop } = playback
  const latest = useRef(props)
  latest.current = props

  /** By hand: whatever plays stops. */
  const seek = useCallback(
    (to: number, how?: { push?: boolean }) => {
      stop()
      latest.current.onSeek(Math.max(1, Math.min(last, to)), how)
    },
    [last, stop],
  )
  const goLive = () => {
    stop()
    onLive()
  }
  const changeSpeed = (by: 1 | -1) => {
    const place = speedOptions.findIndex(({ value }) => value === String(playback.speed))
    const next = speedOptions[Math.max(1, Math.min(speedOptions.length - 1, place + by))]
    if (next) playback.setSpeed(toSpeed(next.value))
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.round(last * pageShare))
    const actions: Record<string, () => void> = {
      ArrowRight: () => seek(event.shiftKey ? significantFrom(ticks, seq(), 1) : seq() + 1),
      ArrowLeft: () => seek(event.shiftKey ? significantFrom(ticks, seq(), -1) : seq() - 1),
      PageUp: () => seek(seq() - page),
      PageDown: () => seek(seq() + page),
      m: () => seek(nextBookmark(bookmarks, seq(), 1), { push: true }),
      M: () => seek(nextBookmark(bookmarks, seq(), -1), { push: true }),
      Home: () => seek(1),
      End: goLive,
      ' ': playback.toggle,
      '[': () => changeSpeed(-1),
      ']': () => changeSpeed(1),
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }

  const nothing = last === 0 ? 'There are no events yet' : null
  const hint = useKeyHint()
  return (
    <section
      aria-label="History"
      className={classes(
        'flex shrink-0 items-center border-t border-line bg-bg max-md:sticky max-md:bottom-0 max-md:z-10 short:sticky short:bottom-0 short:z-10',
        // The rail gets what room there is.
        isCompact ? 'h-14 gap-1 px-1' : 'h-18 gap-3 px-3',
      )}
    >
      <Transport
        isCompact={isCompact}
        isPlaying={playback.isPlaying}
        nothing={nothing}
        onFirst={() => seek(1)}
        onStep={(by) => seek(seq() + by)}
        onToggle={playback.toggle}
      />
      {!isCompact && (
        <>
          <Select
            aria-label="Speed"
            value={String(playback.speed)}
            options={speedOptions}
            onValue={(value) => playback.setSpeed(toSpeed(value))}
            className="w-20"
          />
          <Select
            aria-label="Spacing"
            value={axisMode}
            options={[
              { value: 'time', label: 'Time' },
              { value: 'events', label: 'Events' },
            ]}
            onValue={onAxisMode}
            className="w-24"
          />
        </>
      )}
      <Rail
        ticks={ticks}
        bookmarks={bookmarks}
        kept={props.kept}
        place={place}
        axisMode={axisMode}
        heightPx={isCompact ? 44 : 52}
        describe={describe}
        onSeek={seek}
        onKey={onKey}
      />
      {!isCompact && (
        <IconButton
          label="Go to…"
          icon={LocateFixed}
          unavailable={nothing}
          onClick={props.onGoTo}
        />
      )}
      {/* On a phone “More” has them: the rail needs the room. */}
      {!isCompact && (
        <IconButton
          label={hint('Bookmarks', 'bookmarks')}
          icon={Flag}
          unavailable={nothing}
          onClick={props.onBookmarks}
        />
      )}
      <Button
        icon={Radio}
        look={isReplay ? 'primary' : 'quiet'}
        size="small"
        onClick={goLive}
        aria-pressed={!isReplay}
        hint={isReplay ? hint('Go live', 'live') : 'You see it as it happens'}
      >
        <span className={classes(isCompact && 'sr-only')}>Live</span>
      </Button>
    </section>
  )
}
