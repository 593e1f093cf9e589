import { useRef } from 'react'
import { drawPlan, type Scene } from './draw-plan.ts'
import { useWideCanvas } from './use-wide-canvas.ts'

/** The plan from afar, on one canvas: a thousand cards as elements could not follow a drag. */
export const FarPlan = (scene: Scene) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useWideCanvas(canvas, (context, view, colourOf) => drawPlan(context, scene, view, colourOf))
  return (
    <div className="pointer-events-none absolute inset-0 overflow-hidden">
      <canvas ref={canvas} aria-hidden data-graph-canvas className="wide-canvas" />
    </div>
  )
}
