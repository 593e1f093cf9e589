import { cardHeight, cardWidth } from './column-places.ts'
import type { Point } from './layout.ts'

/** A part of the plan, in its own units. */
export type Sight = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

type View = { readonly x: number; readonly y: number; readonly zoom: number }
type Size = { readonly width: number; readonly height: number }

/** Put into the page beyond what is seen: half a card. */
const margin = 120
/** Taken out of it again only from here on: a hand that goes back and forth puts nothing in twice. */
const kept = 520

/** What a window of this size sees of the plan. */
export const sightOf = ({ x, y, zoom }: View, { width, height }: Size): Sight => ({
  left: -x / zoom,
  top: -y / zoom,
  right: (width - x) / zoom,
  bottom: (height - y) / zoom,
})

/** What is in the page while this is seen: the same as before as long as that covers it. */
export const coveringSight = (before: Sight | null, seen: Sight, beyond = margin): Sight => {
  const low = (edge: number, was = Infinity) =>
    was <= edge && was >= edge - kept ? was : edge - beyond
  const high = (edge: number, was = -Infinity) =>
    was >= edge && was <= edge + kept ? was : edge + beyond
  const next = {
    left: low(seen.left, before?.left),
    top: low(seen.top, before?.top),
    right: high(seen.right, before?.right),
    bottom: high(seen.bottom, before?.bottom),
  }
  const isSame =
    before !== null &&
    next.left === before.left &&
    next.top === before.top &&
    next.right === before.right &&
    next.bottom === before.bottom
  return isSame ? before : next
}

export const isInSight = (box: Sight, sight: Sight): boolean =>
  box.right >= sight.left &&
  box.left <= sight.right &&
  box.bottom >= sight.top &&
  box.top <= sight.bottom

/** Of the card with this corner. */
export const cardBox = ({ x, y }: Point): Sight => ({
  left: x,
  top: y,
  right: x + cardWidth,
  bottom: y + cardHeight,
})
