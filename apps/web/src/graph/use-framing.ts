import { useReactFlow } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { type Eye, eyeOf, viewportOf } from './eye.ts'
import { framePlan, readableZoom, type Viewport } from './frame-plan.ts'
import { cardHeight, cardWidth } from './column-places.ts'
import type { Layout, Point } from './layout.ts'
import { hasRoomForMini, miniFootPx } from './mini-room.ts'

type Options = {
  frame: RefObject<HTMLElement | null>
  /** Set once somebody has moved the picture. */
  hasMovedRef: RefObject<boolean>
  /** Of what is shown. */
  points: ReadonlyMap<string, Point>
  /** A new one is looked at anew. */
  layout: Layout
  /** What is looked at when not everything fits. */
  focus: Point | null
  /** What an address wants to be looked at, until somebody moves on from there. */
  startsAt: Eye | null
  /** Down to which zoom the whole is better than a part. */
  zoomMin: number
  /** The whole plan stands in a corner, where there is room for it. */
  hasMini: boolean
}

/** Shows the plan whole or around its focus, until somebody moves it; from then on it stays where it was put. */
export const useFraming = ({
  frame,
  hasMovedRef,
  points,
  layout,
  focus,
  startsAt,
  zoomMin,
  hasMini,
}: Options) => {
  const flow = useReactFlow()
  const count = points.size
  const eye = useRef(startsAt)
  const viewport = useRef<() => Viewport | null>(() => null)
  viewport.current = () => {
    const element = frame.current
    if (element === null) return null
    const size = sizeOf(element)
    if (eye.current !== null) return viewportOf(eye.current, size)
    if (points.size === 0) return null
    const footPx = hasMini && hasRoomForMini(size) ? miniFootPx : undefined
    return framePlan([...points.values()], focus, size, {
      zoomMin,
      ...(footPx !== undefined && { footPx }),
    })
  }
  const show = useCallback(() => {
    const wanted = viewport.current()
    if (!hasMovedRef.current && wanted !== null) void flow.setViewport(wanted)
  }, [flow, hasMovedRef])

  useEffect(() => {
    // The address leads somewhere else: it is followed once more.
    eye.current = startsAt
    if (startsAt !== null) hasMovedRef.current = false
  }, [startsAt, hasMovedRef])

  useEffect(() => {
    if (count > 0) show()
  }, [count, layout, show, startsAt])

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(show)
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame, show])

  return {
    onMoved: () => {
      hasMovedRef.current = true
    },
    fit: () => {
      eye.current = null
      hasMovedRef.current = false
      show()
    },
    zoomBy: (factor: number) => {
      hasMovedRef.current = true
      void flow.zoomTo(flow.getZoom() * factor)
    },
    readEye: (): Eye | null => {
      const element = frame.current
      return element === null ? null : eyeOf(flow.getViewport(), sizeOf(element))
    },
    lookAt: ({ x, y }: Point) => {
      hasMovedRef.current = true
      const zoom = Math.max(flow.getZoom(), readableZoom)
      void flow.setCenter(x + cardWidth / 2, y + cardHeight / 2, { zoom })
    },
  }
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  width: clientWidth,
  height: clientHeight,
})
