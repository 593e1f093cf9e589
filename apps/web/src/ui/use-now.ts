import { useEffect, useState } from 'react'

/** The time, as often as it is shown; stands still while nobody looks. */
export const useNow = (everyMs: number, running = true): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) return
    setNow(Date.now())
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setNow(Date.now())
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs, running])
  return now
}
