import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { Flag } from 'lucide-react'
import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { KeptMoment, TaskTick } from '../live/task-ticks.ts'
import { formatCount } from '../ui/format-count.ts'
import { formatClock } from '../ui/format-time.ts'
import { theme } from '../shell/preferences.ts'
import { type AxisMode, buildAxis } from './axis.ts'
import { bucketTicks } from './buckets.ts'
import { drawRail } from './draw-rail.ts'
import { namesAt } from './names-at.ts'
import { RailHint } from './RailHint.tsx'
import { phaseAt, phasesOf } from './tick-look.ts'

const padPx = 8
/** So near a mark, the mark is meant. */
const reachPx = 4

type Place = { seq: number; mode: 'live' | 'replay' }

type Props = {
  ticks: readonly TaskTick[]
  bookmarks: readonly Bookmark[]
  /** Moments of which the timeline keeps a state. */
  kept: readonly KeptMoment[]
  place: StoreApi<Place>
  axisMode: AxisMode
  heightPx: number
  /** What happened at an event, in words. */
  describe: (seq: number) => string
  /** A jump is kept in the history of the browser; a drag is not. */
  onSeek: (seq: number, how: { push: boolean }) => void
  onKey: (event: KeyboardEvent) => void
}

/** The rail with its playhead. The playhead follows the store by itself: seeking renders nothing here. */
export const Rail = ({
  ticks,
  bookmarks,
  kept,
  place,
  axisMode,
  heightPx,
  describe,
  onSeek,
  onKey,
}: Props) => {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const playhead = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [hover, setHover] = useState<{ x: number; seq: number } | null>(null)
  const colours = useStore(theme).value
  const axis = useMemo(
    () => buildAxis(ticks, axisMode, Math.max(0, width - 2 * padPx)),
    [ticks, axisMode, width],
  )
  const buckets = useMemo(() => bucketTicks(ticks, axis), [ticks, axis])
  const phases = useMemo(() => phasesOf(ticks), [ticks])

  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    if (canvas.current && width > 0)
      drawRail({ canvas: canvas.current, axis, ticks, buckets, phases, kept, padPx, heightPx })
  }, [axis, ticks, buckets, phases, kept, width, heightPx, colours])

  useLayoutEffect(() => {
    const follow = ({ seq, mode }: Place) => {
      const at = mode === 'live' ? ticks.length : seq
      playhead.current?.style.setProperty('transform', `translateX(${axis.xOf(at) + padPx}px)`)
      frame.current?.setAttribute('aria-valuenow', String(at))
      frame.current?.setAttribute('aria-valuetext', valueText(at))
    }
    /** "Event 412 of 980, 14:03:22, Execute, Research sources started". */
    const valueText = (at: number): string => {
      const tick = ticks[at - 1]
      if (tick === undefined) return 'No events yet'
      const phase = phaseAt(phases, at)
      const words = `${namesAt(at, { bookmarks, kept })}${describe(at)}`
      return [
        `Event ${formatCount(at)} of ${formatCount(ticks.length)}`,
        formatClock(tick.atMs),
        phase,
        words,
      ]
        .filter((part) => part !== null)
        .join(', ')
    }
    follow(place.getState())
    return place.subscribe(follow)
  }, [axis, place, ticks, phases, bookmarks, kept, describe])

  const seqOf = (event: PointerEvent) => {
    const left = frame.current?.getBoundingClientRect().left ?? 0
    const x = event.clientX - left - padPx
    const isNear = (seq: number) => Math.abs(axis.xOf(seq) - x) <= reachPx
    const bookmark = bookmarks.find(({ position }) => isNear(position))
    if (bookmark) return { x, seq: bookmark.position }
    const glyph = buckets.find((bucket) => Math.abs(bucket.x - x) <= reachPx)
    const moment = glyph === undefined ? kept.find(({ seq }) => isNear(seq)) : undefined
    return { x, seq: glyph?.seq ?? moment?.seq ?? axis.seqAt(x) }
  }
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || ticks.length === 0) return
    frame.current?.setPointerCapture(event.pointerId)
    onSeek(seqOf(event).seq, { push: true })
  }
  const onPointerMove = (event: PointerEvent) => {
    const at = seqOf(event)
    setHover(at)
    if (frame.current?.hasPointerCapture(event.pointerId)) onSeek(at.seq, { push: false })
  }

  return (
    <div
      ref={frame}
      id="scrubber"
      role="slider"
      tabIndex={0}
      aria-label="Position in the history"
      aria-orientation="horizontal"
      aria-valuemin={1}
      aria-valuemax={Math.max(1, ticks.length)}
      aria-valuenow={1}
      onKeyDown={onKey}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setHover(null)}
      className="relative min-w-0 grow cursor-pointer touch-none rounded-4 select-none"
      style={{ height: heightPx }}
    >
      <canvas ref={canvas} aria-hidden className="absolute inset-0 size-full" />
      {bookmarks.map(({ name, position }) => (
        <Flag
          key={name}
          aria-hidden
          size={12}
          className="pointer-events-none absolute bottom-0 fill-bg text-replay"
          // Below the glyphs, with its pole at the event.
          style={{ left: axis.xOf(position) + padPx - 2 }}
        />
      ))}
      <div ref={playhead} aria-hidden className="pointer-events-none absolute inset-y-0 left-0 w-0">
        <span className="drawn absolute inset-y-0 -left-px w-0.5 bg-text" />
        <span className="drawn absolute -top-0.5 -left-[5px] size-2.5 rounded-full border-2 border-bg bg-text" />
      </div>
      {hover !== null && ticks.length > 0 && (
        <RailHint
          hover={hover}
          axis={axis}
          ticks={ticks}
          bookmarks={bookmarks}
          kept={kept}
          left={Math.max(120, Math.min(width - 120, hover.x + padPx))}
          describe={describe}
        />
      )}
    </div>
  )
}
