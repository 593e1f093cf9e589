import { useReactFlow } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { framePlan, type Viewport } from './frame-plan.ts'
import { cardHeight, cardWidth, type Point } from './layout.ts'

const readableZoom = 0.72

type Options = {
  frame: RefObject<HTMLElement | null>
  points: ReadonlyMap<string, Point>
  /** What is looked at when not everything fits. */
  focus: Point | null
  count: number
}

/** Shows the plan whole or around its focus, until somebody moves it; from then on it stays where it was put. */
export const useFraming = ({ frame, points, focus, count }: Options) => {
  const flow = useReactFlow()
  const hasMoved = useRef(false)
  const viewport = useRef<() => Viewport | null>(() => null)
  viewport.current = () => {
    const element = frame.current
    if (element === null) return null
    const size = { width: element.clientWidth, height: element.clientHeight }
    return framePlan([...points.values()], focus, size)
  }
  const show = useCallback(() => {
    const wanted = viewport.current()
    if (!hasMoved.current && wanted !== null) void flow.setViewport(wanted)
  }, [flow])

  useEffect(() => {
    if (count > 0) show()
  }, [count, show])

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(show)
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame, show])

  return {
    onMoved: () => {
      hasMoved.current = true
    },
    fit: () => {
      hasMoved.current = false
      show()
    },
    zoomBy: (factor: number) => {
      hasMoved.current = true
      void flow.zoomTo(flow.getZoom() * factor)
    },
    lookAt: ({ x, y }: Point) => {
      hasMoved.current = true
      const zoom = Math.max(flow.getZoom(), readableZoom)
      void flow.setCenter(x + cardWidth / 2, y + cardHeight / 2, { zoom })
    },
  }
}
