import { useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect, useRef } from 'react'
import { coloursOf } from './colours-of.ts'
import type { ColourOf } from './colour-of.ts'
import type { View } from './draw-plan.ts'

type Draw = (context: CanvasRenderingContext2D, view: View, colourOf: ColourOf) => void

/** A canvas beside the picture: drawn anew, at most once a frame, when the picture is moved, the theme changes, or what is drawn. */
export const useCanvas = (canvas: RefObject<HTMLCanvasElement | null>, draw: Draw) => {
  const flow = useStoreApi()
  const latest = useRef(draw)
  latest.current = draw
  const redraw = useRef(() => {})

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    let frame = 0
    const drawNow = () => {
      frame = 0
      const { clientWidth: width, clientHeight: height } = element
      const ratio = window.devicePixelRatio
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
      if (element.width !== wide) element.width = wide
      if (element.height !== high) element.height = high
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      const [x, y, zoom] = flow.getState().transform
      latest.current(context, { x, y, zoom, width, height }, coloursOf(element))
    }
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(drawNow)
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
  }, [canvas, flow])

  useEffect(() => redraw.current())
}
