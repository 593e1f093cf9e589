import { useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect, useRef } from 'react'
import type { ColourOf } from './colour-of.ts'
import { coloursOf } from './colours-of.ts'
import type { View } from './draw-plan.ts'
import { fitCanvas } from './fit-canvas.ts'
import { watchLook } from './watch-look.ts'
import { coversView, placeInView, wideViewOf } from './wide-view.ts'

type Draw = (context: CanvasRenderingContext2D, view: View, colourOf: ColourOf) => void

/** So often something new of a thousand steps is drawn, at most. */
const everyMs = 100

/**
 * A canvas that reaches beyond what is seen and is moved with the picture: a drag moves what was drawn, and
 * draws only when its edge comes near. After a zoom it is drawn anew once the hand rests.
 */
export const useWideCanvas = (canvas: RefObject<HTMLCanvasElement | null>, draw: Draw) => {
  const flow = useStoreApi()
  const latest = useRef(draw)
  latest.current = draw
  const redraw = useRef(() => {})

  useEffect(() => {
    const element = canvas.current
    const frame = element?.parentElement
    const context = element?.getContext('2d')
    if (!element || !frame || !context) return
    let drawn: View | null = null
    let drawnAt = -Infinity
    let asked = 0
    let timer: ReturnType<typeof setTimeout> | undefined

    const seen = (): View => {
      const [x, y, zoom] = flow.getState().transform
      return { x, y, zoom, width: frame.clientWidth, height: frame.clientHeight }
    }
    const place = (view: View) => {
      if (drawn === null) return
      const { x, y, scale } = placeInView(drawn, view)
      element.style.transform = `translate3d(${x}px, ${y}px, 0) scale(${scale})`
    }
    const drawNow = () => {
      asked = 0
      clearTimeout(timer)
      timer = undefined
      const view = seen()
      if (view.width === 0 || view.height === 0) return
      drawn = wideViewOf(view)
      drawnAt = performance.now()
      element.style.width = `${drawn.width}px`
      element.style.height = `${drawn.height}px`
      fitCanvas(context, drawn)
      latest.current(context, drawn, coloursOf(element))
      place(view)
    }
    const ask = () => {
      if (asked === 0) asked = requestAnimationFrame(drawNow)
    }
    const askSoon = () => {
      timer ??= setTimeout(ask, Math.max(0, drawnAt + everyMs - performance.now()))
    }
    redraw.current = askSoon
    const endLook = watchLook(frame, ask)
    const endView = flow.subscribe((state, before) => {
      if (state.transform === before.transform) return
      const view = seen()
      if (drawn === null || !coversView(drawn, view)) return ask()
      place(view)
      if (view.zoom === drawn.zoom) return
      clearTimeout(timer)
      timer = setTimeout(ask, everyMs)
    })
    return () => {
      cancelAnimationFrame(asked)
      clearTimeout(timer)
      endLook()
      endView()
    }
  }, [canvas, flow])

  useEffect(() => redraw.current())
}
