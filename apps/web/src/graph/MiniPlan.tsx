import { useReactFlow, useStoreApi } from '@xyflow/react'
import { type PointerEvent, useRef } from 'react'
import { stepStatusLook } from '../ui/status-look.ts'
import { cardHeight, cardWidth } from './column-places.ts'
import type { Point } from './layout.ts'
import { miniScale } from './mini-scale.ts'
import type { Graph } from './to-graph.ts'
import { useCanvas } from './use-canvas.ts'

type Props = {
  graph: Graph
  /** Of what is shown. */
  points: ReadonlyMap<string, Point>
  onMoved: () => void
}

/** The whole plan in a corner, with the part that is in sight. Whoever presses there goes there; the arrow keys do the same for those without a pointer. */
export const MiniPlan = ({ graph, points, onMoved }: Props) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const flow = useReactFlow()
  const store = useStoreApi()
  useCanvas(canvas, (context, { x, y, zoom, width, height }, colourOf) => {
    const { scale, left, top } = miniScale([...points.values()], { width, height })
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
    context.globalAlpha = 1
    const { width: wide, height: high } = store.getState()
    context.lineWidth = 2 / scale
    context.strokeStyle = colourOf('accent')
    context.strokeRect(-x / zoom, -y / zoom, wide / zoom, high / zoom)
    context.restore()
  })
  const go = ({ currentTarget, clientX, clientY, buttons }: PointerEvent<HTMLCanvasElement>) => {
    if (buttons === 0) return
    const { left: x, top: y, width, height } = currentTarget.getBoundingClientRect()
    const { scale, left, top } = miniScale([...points.values()], { width, height })
    onMoved()
    void flow.setCenter((clientX - x - left) / scale, (clientY - y - top) / scale, {
      zoom: flow.getZoom(),
    })
  }
  return (
    <canvas
      ref={canvas}
      aria-hidden
      data-mini-plan
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={go}
      className="absolute right-3 bottom-7 z-10 h-28 w-44 touch-none rounded-4 border border-line bg-surface"
    />
  )
}
