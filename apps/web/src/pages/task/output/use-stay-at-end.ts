import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'

const nearPx = 48

/** Keeps the end of a growing text in sight, unless somebody has scrolled up to read. */
export const useStayAtEnd = (frame: RefObject<HTMLElement | null>, length: number) => {
  const [isAtEnd, setIsAtEnd] = useState(true)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    let before = element.scrollTop
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = element
      if (scrollHeight - scrollTop - clientHeight < nearPx) setIsAtEnd(true)
      else if (scrollTop < before) setIsAtEnd(false)
      before = scrollTop
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [frame])
  useLayoutEffect(() => {
    const element = frame.current
    if (isAtEnd && length > 0) element?.scrollTo({ top: element.scrollHeight })
  }, [frame, isAtEnd, length])
  return { isAtEnd, toEnd: useCallback(() => setIsAtEnd(true), []) }
}
