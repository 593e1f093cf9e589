type Size = { readonly width: number; readonly height: number }

/** Of the plan in the corner. */
export const miniSize: Size = { width: 176, height: 112 }
/** From the foot of the picture: there stands who made what it is drawn with. */
export const miniBottomPx = 28
/** So much of the foot of the picture is not free where it stands. */
export const miniFootPx = miniBottomPx + miniSize.height + 12

/** A smaller picture would be covered by it more than it helps. */
export const hasRoomForMini = ({ width, height }: Size): boolean =>
  width >= 3 * miniSize.width && height >= 2.5 * miniSize.height
