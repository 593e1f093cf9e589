import { useReactFlow, useStoreApi } from '@xyflow/react'
import { type PointerEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { stepStatusLook } from '../ui/status-look.ts'
import type { ColourOf } from './colour-of.ts'
import { cardHeight, cardWidth } from './column-places.ts'
import type { Point } from './layout.ts'
import { hasRoomForMini, miniBottomPx, miniSize } from './mini-room.ts'
import { miniScale } from './mini-scale.ts'
import { cardBox, type Sight, sightOf } from './sight.ts'
import type { Graph } from './to-graph.ts'
import { useCanvas } from './use-canvas.ts'

type Props = {
  graph: Graph
  /** Of what is shown. */
  points: ReadonlyMap<string, Point>
  onMoved: () => void
}

/** The whole plan in a corner, with the part that is in sight, while that is not all of it. Whoever presses there goes there; the arrow keys do the same for those without a pointer. */
export const MiniPlan = ({ graph, points, onMoved }: Props) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const map = useRef<HTMLDivElement>(null)
  const sight = useRef<HTMLDivElement>(null)
  const flow = useReactFlow()
  const store = useStoreApi()
  const scaled = useMemo(() => miniScale([...points.values()], miniSize), [points])
  const draw = useCallback(
    (
      context: CanvasRenderingContext2D,
      { width, height }: { width: number; height: number },
      colourOf: ColourOf,
    ) => {
      const { scale, left, top } = scaled
      context.clearRect(0, 0, width, height)
      context.save()
      context.translate(left, top)
      context.scale(scale, scale)
      for (const { stepId, status } of graph.nodes) {
        const at = points.get(stepId)
        if (at === undefined) continue
        context.fillStyle = colourOf(stepStatusLook[status].token)
        context.globalAlpha = status === 'not-ready' ? 0.45 : 1
        context.fillRect(at.x, at.y, cardWidth, cardHeight)
      }
      context.restore()
    },
    [graph.nodes, points, scaled],
  )
  useCanvas(canvas, draw)

  useEffect(() => {
    const plan = boxAround([...points.values()])
    const place = () => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      const element = sight.current
      if (element === null || map.current === null) return
      const isWhole = isWithin(plan, sightOf({ x, y, zoom }, { width, height }))
      map.current.hidden = isWhole || !hasRoomForMini({ width, height })
      const { scale, left, top } = scaled
      element.style.transform = `translate3d(${left - (x / zoom) * scale}px, ${top - (y / zoom) * scale}px, 0)`
      element.style.width = `${(width / zoom) * scale}px`
      element.style.height = `${(height / zoom) * scale}px`
    }
    place()
    return store.subscribe(place)
  }, [store, scaled, points])

  const go = ({ currentTarget, clientX, clientY, buttons }: PointerEvent<HTMLDivElement>) => {
    if (buttons === 0) return
    const { left: x, top: y } = currentTarget.getBoundingClientRect()
    const { scale, left, top } = scaled
    onMoved()
    void flow.setCenter((clientX - x - left) / scale, (clientY - y - top) / scale, {
      zoom: flow.getZoom(),
    })
  }
  return (
    <div
      ref={map}
      aria-hidden
      data-mini-plan
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={go}
      style={{ ...miniSize, bottom: miniBottomPx }}
      className="absolute right-3 z-10 box-content touch-none overflow-hidden rounded-4 border border-line bg-surface"
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      <div ref={sight} className="absolute top-0 left-0 border-2 border-accent" />
    </div>
  )
}

const boxAround = (points: readonly Point[]): Sight => {
  const boxes = points.map(cardBox)
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  }
}

const isWithin = (box: Sight, sight: Sight): boolean =>
  box.left >= sight.left &&
  box.top >= sight.top &&
  box.right <= sight.right &&
  box.bottom <= sight.bottom
