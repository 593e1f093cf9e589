import { useCallback, useEffect, useRef, useState } from 'react'
import type { TaskTick } from '../live/task-ticks.ts'
import { advance, playheadAt, playTimes, type Speed } from './playback.ts'

type Options = {
  ticks: readonly TaskTick[]
  seq: () => number
  /** What was sought is still being fetched: it is shown before anything after it. */
  isWaiting: () => boolean
  onSeek: (seq: number) => void
}

/** Plays events one after the other, until the last one or until somebody takes over. */
export const usePlayback = ({ ticks, seq, isWaiting, onSeek }: Options) => {
  const [isPlaying, setIsPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>('whole')
  const latest = useRef({ ticks, seq, isWaiting, onSeek, speed })
  latest.current = { ticks, seq, isWaiting, onSeek, speed }

  useEffect(() => {
    if (!isPlaying) return
    const { ticks: played, seq: from } = latest.current
    const times = playTimes(played)
    // At the end there is nothing left to play: it starts over.
    let playhead = playheadAt(times, from() >= played.length ? 1 : Math.max(1, from()))
    latest.current.onSeek(playhead.seq)
    let last = performance.now()
    let frame = requestAnimationFrame(function step(now) {
      const frameMs = latest.current.isWaiting() ? 0 : now - last
      const next = advance(playhead, times, latest.current.speed, frameMs)
      last = now
      if (next.seq !== playhead.seq) latest.current.onSeek(next.seq)
      playhead = next
      if (playhead.seq >= times.length) setIsPlaying(false)
      else frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [isPlaying])

  return {
    isPlaying,
    speed,
    setSpeed,
    toggle: useCallback(() => setIsPlaying((playing) => !playing), []),
    stop: useCallback(() => setIsPlaying(false), []),
  }
}
