import { type RefObject, useEffect, useRef } from 'react'
import type { ColourOf } from './colour-of.ts'
import { coloursOf } from './colours-of.ts'
import { fitCanvas } from './fit-canvas.ts'
import { watchLook } from './watch-look.ts'

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
      fitCanvas(context, { width, height })
      latest.current(context, { width, height }, coloursOf(element))
    }
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(drawNow)
    }
    redraw.current = ask
    const end = watchLook(element, ask)
    return () => {
      cancelAnimationFrame(frame)
      end()
    }
  }, [canvas])

  useEffect(() => {
    latest.current = draw
    redraw.current()
  }, [draw])
}
