/** As many dots as its screen has for this size; from then on one unit is one pixel of the page. */
export const fitCanvas = (
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
) => {
  const { canvas } = context
  const ratio = window.devicePixelRatio
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== wide) canvas.width = wide
  if (canvas.height !== high) canvas.height = high
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
}
