import { useStore } from '@xyflow/react'

/** Never nearer to each other than they can be told apart. */
const gapMinPx = 14
const gapPx = 20

/** A grid of dots behind the picture, which tells how it is moved. It reaches one gap beyond, and is moved within that: so a drag draws nothing anew. */
export const Dots = () => {
  const [x, y, zoom] = useStore(({ transform }) => transform)
  const doublings = Math.max(0, Math.ceil(Math.log2(gapMinPx / (gapPx * zoom))))
  const gap = gapPx * zoom * 2 ** doublings
  const within = (offset: number) => ((offset % gap) + gap) % gap
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      <div
        className="dots absolute"
        style={{
          inset: -gap,
          backgroundSize: `${gap}px ${gap}px`,
          transform: `translate3d(${within(x)}px, ${within(y)}px, 0)`,
        }}
      />
    </div>
  )
}
