import { useStore } from '@xyflow/react'

const gapPx = 20

/** A grid of dots behind the picture, which tells how it is moved. */
export const Dots = () => {
  const [x, y, zoom] = useStore(({ transform }) => transform)
  const gap = gapPx * zoom
  return (
    <div
      aria-hidden
      className="dots absolute inset-0"
      style={{ backgroundPosition: `${x}px ${y}px`, backgroundSize: `${gap}px ${gap}px` }}
    />
  )
}
