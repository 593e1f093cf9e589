import type { View } from './draw-plan.ts'

/** How far a wide picture reaches beyond what is seen, on each side, as a part of it: so far a hand drags without anything being drawn. */
const overhang = 0.25
/** Scaled further than this, what was drawn is no picture of it any more. */
const scaleRange = { min: 0.7, max: 1.4 }

/** What is drawn while this is seen: more than that, around it. By whole pixels, so that it lies sharply on those of the screen. */
export const wideViewOf = ({ x, y, zoom, width, height }: View): View => {
  const [beside, above] = [Math.round(width * overhang), Math.round(height * overhang)]
  return {
    x: x + beside,
    y: y + above,
    zoom,
    width: Math.ceil(width) + 2 * beside,
    height: Math.ceil(height) + 2 * above,
  }
}

/** Where a picture that was drawn for one view lies in another: the offset of its corner and by how much it grows. */
export const placeInView = (drawn: View, seen: View): { x: number; y: number; scale: number } => {
  const scale = seen.zoom / drawn.zoom
  return { x: seen.x - scale * drawn.x, y: seen.y - scale * drawn.y, scale }
}

/** Whether it still shows all that is seen, about as large. */
export const coversView = (drawn: View, seen: View): boolean => {
  const { x, y, scale } = placeInView(drawn, seen)
  return (
    scale >= scaleRange.min &&
    scale <= scaleRange.max &&
    x <= 0 &&
    y <= 0 &&
    x + drawn.width * scale >= seen.width &&
    y + drawn.height * scale >= seen.height
  )
}
