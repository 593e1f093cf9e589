import { type RefObject, useEffect } from 'react'
import { useMedia } from '../ui/use-media.ts'

const everyMs = 140
const stridePx = 3
/** Of the dashes and the gaps between them. */
const patternPx = 12

/**
 * Dashes that march, seven strides a second: as an animation of the browser they would have the whole picture looked
 * through for each frame of the screen. They rest while the picture is dragged or the page is not seen.
 */
export const useMarching = (lines: RefObject<SVGSVGElement | null>, isMarching: boolean) => {
  const isStill = useMedia('(prefers-reduced-motion: reduce)')
  useEffect(() => {
    if (!isMarching || isStill) return
    let offset = 0
    const timer = setInterval(() => {
      const svg = lines.current
      if (svg === null || document.hidden || svg.closest('[data-dragged]') !== null) return
      offset = (offset + stridePx) % patternPx
      svg.style.strokeDashoffset = `${-offset}px`
    }, everyMs)
    return () => clearInterval(timer)
  }, [lines, isMarching, isStill])
}
