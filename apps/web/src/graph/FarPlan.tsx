import { useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { type ColourOf, drawPlan, type Scene } from './draw-plan.ts'

/** The plan from afar, on one canvas: a thousand cards as elements could not follow a drag. */
export const FarPlan = (scene: Scene) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const flow = useStoreApi()
  const latest = useRef(scene)
  latest.current = scene
  const redraw = useRef(() => {})

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    let frame = 0
    const draw = () => {
      frame = 0
      const { clientWidth: width, clientHeight: height } = element
      const ratio = window.devicePixelRatio
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
      if (element.width !== wide) element.width = wide
      if (element.height !== high) element.height = high
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      const [x, y, zoom] = flow.getState().transform
      drawPlan(context, latest.current, { x, y, zoom, width, height }, coloursOf(element))
    }
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    redraw.current = ask
    const size = new ResizeObserver(ask)
    size.observe(element)
    const theme = new MutationObserver(ask)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const end = flow.subscribe((state, before) => {
      if (state.transform !== before.transform) ask()
    })
    return () => {
      cancelAnimationFrame(frame)
      size.disconnect()
      theme.disconnect()
      end()
    }
  }, [flow])

  useEffect(() => redraw.current())

  return (
    <canvas
      ref={canvas}
      aria-hidden
      data-graph-canvas
      className="pointer-events-none absolute inset-0 size-full"
    />
  )
}

/** Read once for each picture: the theme may have changed. */
const coloursOf = (element: Element): ColourOf => {
  const style = getComputedStyle(element)
  const known = new Map<string, string>()
  return (token) => {
    const value =
      known.get(token) ??
      (token === 'font' ? style.fontFamily : style.getPropertyValue(`--${token}`).trim())
    known.set(token, value)
    return value
  }
}
