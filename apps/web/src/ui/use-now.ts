import { useEffect, useState } from 'react'
import { dragging } from './dragging.ts'

type Clock = {
  readonly listeners: Set<(now: number) => void>
  timer: ReturnType<typeof setInterval>
}

/** One for each pace: all that show the time as often are told together, and rendered once. */
const clocks = new Map<number, Clock>()

const listen = (everyMs: number, listener: (now: number) => void): (() => void) => {
  const clock = clocks.get(everyMs) ?? startClock(everyMs)
  clock.listeners.add(listener)
  return () => {
    clock.listeners.delete(listener)
    if (clock.listeners.size > 0) return
    clearInterval(clock.timer)
    clocks.delete(everyMs)
  }
}

const startClock = (everyMs: number): Clock => {
  const listeners: Clock['listeners'] = new Set()
  const timer = setInterval(() => {
    if (document.visibilityState !== 'visible' || dragging.isOn()) return
    const now = Date.now()
    for (const listener of listeners) listener(now)
  }, everyMs)
  const clock = { listeners, timer }
  clocks.set(everyMs, clock)
  return clock
}

/** The time, as often as it is shown; stands still while nobody looks, and while a hand moves a picture. */
export const useNow = (everyMs: number, running = true): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) return
    setNow(Date.now())
    return listen(everyMs, setNow)
  }, [everyMs, running])
  return now
}
