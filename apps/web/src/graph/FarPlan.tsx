import { useRef } from 'react'
import { drawPlan, type Scene } from './draw-plan.ts'
import { useCanvas } from './use-canvas.ts'

/** The plan from afar, on one canvas: a thousand cards as elements could not follow a drag. */
export const FarPlan = (scene: Scene) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useCanvas(canvas, (context, view, colourOf) => drawPlan(context, scene, view, colourOf))
  return (
    <canvas
      ref={canvas}
      aria-hidden
      data-graph-canvas
      className="pointer-events-none absolute inset-0 size-full"
    />
  )
}
