import { type RefObject, useEffect, useRef } from 'react'
import type { ColourOf } from './colour-of.ts'
import { coloursOf } from './colours-of.ts'

type Size = { readonly width: number; readonly height: number }
type Draw = (context: CanvasRenderingContext2D, size: Size, colourOf: ColourOf) => void

/** A canvas of a fixed place: drawn anew, at most once a frame, when its size, the theme or what is drawn changes. */
export const useCanvas = (canvas: RefObject<HTMLCanvasElement | null>, draw: Draw) => {
  const latest = useRef(draw)
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
      latest.current(context, { width, height }, coloursOf(element))
    }
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(drawNow)
    }
    redraw.current = ask
    const size = new ResizeObserver(ask)
    size.observe(element)
    const theme = new MutationObserver(ask)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      cancelAnimationFrame(frame)
      size.disconnect()
      theme.disconnect()
    }
  }, [canvas])

  useEffect(() => {
    latest.current = draw
    redraw.current()
  }, [draw])
}
