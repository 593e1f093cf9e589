/** Where somebody looks at the graph: the middle of what is seen, and how near it is. */
export type Eye = { readonly x: number; readonly y: number; readonly zoom: number }

type Viewport = { readonly x: number; readonly y: number; readonly zoom: number }
type Size = { readonly width: number; readonly height: number }

/** As it stands in an address: whole pixels and hundredths, since nobody sees less. */
export const writeEye = ({ x, y, zoom }: Eye): string =>
  `${Math.round(x)},${Math.round(y)},${Math.round(zoom * 100) / 100}`

const eyeText = /^(-?\d{1,7}),(-?\d{1,7}),(\d(?:\.\d{1,2})?)$/
const zoomRange = { min: 0.15, max: 1.6 }

/** Null: it says nothing that could be looked at. */
export const readEye = (text: string | undefined): Eye | null => {
  const found = eyeText.exec(text ?? '')
  if (found === null) return null
  const [x, y, zoom] = found.slice(1).map(Number)
  if (x === undefined || y === undefined || zoom === undefined) return null
  return zoom < zoomRange.min || zoom > zoomRange.max ? null : { x, y, zoom }
}

export const eyeOf = ({ x, y, zoom }: Viewport, { width, height }: Size): Eye => ({
  x: (width / 2 - x) / zoom,
  y: (height / 2 - y) / zoom,
  zoom,
})

/** The same middle, however large the window is in which it is looked at. */
export const viewportOf = ({ x, y, zoom }: Eye, { width, height }: Size): Viewport => ({
  x: width / 2 - x * zoom,
  y: height / 2 - y * zoom,
  zoom,
})
