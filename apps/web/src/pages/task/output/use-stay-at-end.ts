import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'

const nearPx = 48

type Places = {
  /** What scrolls. */
  scroller: RefObject<HTMLElement | null>
  /** Stands where the growing text ends; what follows it is not its end. */
  tail: RefObject<HTMLElement | null>
  /** How much of it is here. */
  length: number
}

/** Keeps the end of a growing text in sight, unless somebody has scrolled up to read. */
export const useStayAtEnd = ({ scroller, tail, length }: Places) => {
  const [isAtEnd, setIsAtEnd] = useState(true)
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let before = element.scrollTop
    const onScroll = () => {
      const { scrollTop } = element
      if (beyond(element, tail.current) < nearPx) setIsAtEnd(true)
      else if (scrollTop < before) setIsAtEnd(false)
      before = scrollTop
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [scroller, tail])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!isAtEnd || length === 0 || element === null) return
    const hidden = beyond(element, tail.current)
    if (hidden > 0) element.scrollBy({ top: hidden })
  }, [scroller, tail, isAtEnd, length])
  return { isAtEnd, toEnd: useCallback(() => setIsAtEnd(true), []) }
}

/** How far the end of the text lies below what is seen. */
const beyond = (scroller: HTMLElement, tail: HTMLElement | null): number =>
  tail === null ? 0 : tail.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom
