import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'

/** Rows beyond the edge, so that scrolling shows no gap. */
const overscan = 20

type Options = { frame: RefObject<HTMLElement | null>; count: number; rowPx: number }

/** Rows of one height, of which those in sight are drawn: a list may be as long as it likes, and may grow many times a second. */
export const useFixedRows = ({ frame, count, rowPx }: Options) => {
  const [sight, setSight] = useState({ from: 0, to: 0 })

  const measure = useCallback(() => {
    const element = frame.current
    if (element === null) return
    const from = Math.max(0, Math.floor(element.scrollTop / rowPx) - overscan)
    const to = Math.ceil((element.scrollTop + element.clientHeight) / rowPx) + overscan
    setSight((before) => (before.from === from && before.to === to ? before : { from, to }))
  }, [frame, rowPx])

  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [frame, measure])

  const scrollToIndex = useCallback(
    (index: number, { align }: { align: 'end' | 'auto' }) => {
      const element = frame.current
      if (element === null) return
      const [top, bottom] = [index * rowPx, (index + 1) * rowPx]
      const { scrollTop, clientHeight } = element
      if (align === 'auto' && top >= scrollTop && bottom <= scrollTop + clientHeight) return
      const isAbove = align === 'auto' && top < scrollTop
      // Room for a head that stays on top.
      element.scrollTo({ top: isAbove ? top - rowPx : bottom + rowPx - clientHeight })
      measure()
    },
    [frame, rowPx, measure],
  )

  const from = Math.min(sight.from, Math.max(0, count - 1))
  const rows = Array.from(
    { length: Math.max(0, Math.min(sight.to, count) - from) },
    (_, place) => ({
      index: from + place,
      start: (from + place) * rowPx,
    }),
  )
  return { rows, totalPx: count * rowPx, scrollToIndex }
}
