export type Side = 'top' | 'bottom' | 'left' | 'right'

type Box = {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
type Size = { readonly width: number; readonly height: number }

const gap = 6
/** Nothing touches the edge of the window. */
const margin = 4

const opposite: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' }

/** Where something stands beside its anchor, in pixels of the window: on the wished side, or on the other where there is no room. */
export const placeBeside = ({
  anchor,
  size,
  room,
  side,
}: {
  anchor: Box
  size: Size
  room: Size
  side: Side
}): { left: number; top: number } => {
  const at = (on: Side) => ({
    left:
      on === 'left'
        ? anchor.left - size.width - gap
        : on === 'right'
          ? anchor.left + anchor.width + gap
          : anchor.left + (anchor.width - size.width) / 2,
    top:
      on === 'top'
        ? anchor.top - size.height - gap
        : on === 'bottom'
          ? anchor.top + anchor.height + gap
          : anchor.top + (anchor.height - size.height) / 2,
  })
  const fits = ({ left, top }: { left: number; top: number }) =>
    side === 'top' || side === 'bottom'
      ? top >= margin && top + size.height <= room.height - margin
      : left >= margin && left + size.width <= room.width - margin
  const wished = at(side)
  const { left, top } = fits(wished) ? wished : at(opposite[side])
  const within = (value: number, length: number, roomOf: number) =>
    Math.max(margin, Math.min(value, roomOf - margin - length))
  return {
    left: within(left, size.width, room.width),
    top: within(top, size.height, room.height),
  }
}
