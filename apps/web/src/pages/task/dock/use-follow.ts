import { type RefObject, useEffect } from 'react'

const nearPx = 24

export type Following = {
  readonly follows: boolean
  readonly setFollows: (follows: boolean) => void
}

/** Keeps the newest row in sight until somebody scrolls up, and again once asked to. */
export const useFollow = (
  frame: RefObject<HTMLDivElement | null>,
  { scrollToIndex }: { scrollToIndex: (index: number, options: { align: 'end' }) => void },
  count: number,
  { follows, setFollows }: Following,
) => {
  useEffect(() => {
    if (follows && count > 0) scrollToIndex(count - 1, { align: 'end' })
  }, [follows, count, scrollToIndex])

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    // Only a person's own scrolling counts; rows that come in scroll as well.
    const onWheel = (event: Event) => {
      const up = event instanceof WheelEvent ? event.deltaY < 0 : true
      if (up) setFollows(false)
    }
    // By keys and by the bar one scrolls up as well: nothing else does while the rows are no fewer.
    let before = { top: element.scrollTop, height: element.scrollHeight }
    const onScroll = () => {
      const { scrollTop: top, scrollHeight: height, clientHeight } = element
      const isNear = height - top - clientHeight < nearPx
      if (isNear) setFollows(true)
      else if (top < before.top && height >= before.height) setFollows(false)
      before = { top, height }
    }
    element.addEventListener('wheel', onWheel, { passive: true })
    element.addEventListener('touchmove', onWheel, { passive: true })
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('touchmove', onWheel)
      element.removeEventListener('scroll', onScroll)
    }
  }, [frame, setFollows])
}
