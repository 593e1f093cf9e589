import { cardHeight, cardWidth, columnPlaces } from './column-places.ts'
import { columnsOf } from './columns-of.ts'

const rowGap = 24
/** Room for a link that passes through a column on its way to a later one. */
const laneHeight = 12
const sweeps = 4

export type Link = { readonly from: string; readonly to: string }
export type Point = { readonly x: number; readonly y: number }
/** What is to be laid out. */
export type Outline = {
  readonly ids: readonly string[]
  readonly links: readonly Link[]
  /** Before these cards stands something that is read. */
  readonly labelled: ReadonlySet<string>
}
export type Layout = {
  readonly outline: Outline
  /** The upper left corner of each card. */
  readonly points: ReadonlyMap<string, Point>
  /** Where a link that skips columns passes them, so that it runs between cards and not under them. */
  readonly ways: ReadonlyMap<string, readonly Point[]>
}

export const linkKey = ({ from, to }: Link) => `${from}>${to}`

/** A card, or the lane of a long link. */
type Slot = {
  readonly height: number
  readonly before: Slot[]
  readonly after: Slot[]
  /** Its place within its column, counted from the middle of that. */
  row: number
  /** Where its neighbours would have it. */
  weight: number
  y: number
}

/**
 * Where each card stands: columns by the longest way from a start, order within a column by where
 * the neighbours stand, heights as near to the neighbours as the order allows. Instant (a thousand
 * cards in milliseconds), so that it never delays a paint.
 */
export const layoutGraph = (outline: Outline): Layout => {
  const { ids, links, labelled } = outline
  const depth = columnsOf(ids, links)
  const slots = new Map(ids.map((id) => [id, slotOf(cardHeight)]))
  const columns: Slot[][] = []
  for (const [id, slot] of slots) (columns[depth.get(id) ?? 0] ??= []).push(slot)
  const lanes = layLanes(links, { slots, depth, columns })
  const filled = Array.from(columns, (column) => column ?? [])
  order(filled)
  settle(filled)
  const left = columnPlaces(depth, labelled)
  return {
    outline,
    points: new Map(
      [...slots].map(([id, { y }]) => [id, { x: left(depth.get(id) ?? 0), y: Math.round(y) }]),
    ),
    ways: new Map(
      [...lanes].map(([key, { from, slots: passed }]) => [
        key,
        passed.map(({ y }, index) => ({
          x: left(from + 1 + index) + cardWidth / 2,
          y: Math.round(y + laneHeight / 2),
        })),
      ]),
    ),
  }
}

const slotOf = (height: number): Slot => ({
  height,
  before: [],
  after: [],
  row: 0,
  weight: 0,
  y: 0,
})

const join = (from: Slot, to: Slot) => {
  from.after.push(to)
  to.before.push(from)
}

/** Puts a lane into every column that a link skips. Links of one card share their lanes. */
const layLanes = (
  links: readonly Link[],
  {
    slots,
    depth,
    columns,
  }: {
    slots: ReadonlyMap<string, Slot>
    depth: ReadonlyMap<string, number>
    columns: Slot[][]
  },
): ReadonlyMap<string, { from: number; slots: readonly Slot[] }> => {
  const shared = new Map<string, Slot[]>()
  const ways = new Map<string, { from: number; slots: readonly Slot[] }>()
  for (const link of links) {
    const from = slots.get(link.from)
    const to = slots.get(link.to)
    const start = depth.get(link.from) ?? 0
    const end = depth.get(link.to) ?? 0
    // A link that leads back would close a cycle, as a union of plan versions may: it shapes nothing.
    if (!from || !to || end <= start) continue
    const lanes = shared.get(link.from) ?? []
    shared.set(link.from, lanes)
    for (let column = start + 1 + lanes.length; column < end; column += 1) {
      const lane = slotOf(laneHeight)
      join(lanes.at(-1) ?? from, lane)
      lanes.push(lane)
      ;(columns[column] ??= []).push(lane)
    }
    const passed = lanes.slice(0, end - start - 1)
    join(passed.at(-1) ?? from, to)
    if (passed.length > 0) ways.set(linkKey(link), { from: start, slots: passed })
  }
  return ways
}

// Loops over numbers from here on: this runs before anything is seen, when no code is warm yet.

/** Sorts each column by the mean row of its neighbours, from the left and from the right in turn. */
const order = (columns: Slot[][]) => {
  for (const column of columns) number(column)
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const column of columns) sort(column, 'before')
    for (const column of columns.toReversed()) sort(column, 'after')
  }
}

const number = (column: readonly Slot[]) => {
  const middle = (column.length - 1) / 2
  for (const [index, slot] of column.entries()) slot.row = index - middle
}

const sort = (column: Slot[], side: 'before' | 'after') => {
  for (const slot of column) {
    let sum = 0
    for (const near of slot[side]) sum += near.row
    slot.weight = slot[side].length === 0 ? slot.row : sum / slot[side].length
  }
  column.sort((one, other) => one.weight - other.weight)
  number(column)
}

/** Gives heights: first one below the other, then towards the neighbours without changing the order. */
const settle = (columns: readonly (readonly Slot[])[]) => {
  for (const column of columns) pack(column)
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const column of columns.slice(1)) pull(column, 'before')
    for (const column of columns.slice(0, -1).toReversed()) pull(column, 'after')
  }
  let top = 0
  for (const column of columns) for (const { y } of column) top = Math.min(top, y)
  for (const column of columns) for (const slot of column) slot.y -= top
}

const pull = (column: readonly Slot[], side: 'before' | 'after') => {
  for (const slot of column) {
    if (slot[side].length === 0) continue
    let sum = 0
    for (const near of slot[side]) sum += near.y + near.height / 2
    slot.y = sum / slot[side].length - slot.height / 2
  }
  pack(column)
}

/** Slots that touch each other, from one place of their column on. */
type Block = { first: number; count: number; sum: number; y: number; height: number }

/** As near to where they want to be as the order and the gaps allow: what overlaps is spread around its mean. */
const pack = (column: readonly Slot[]) => {
  const blocks: Block[] = []
  for (const [index, { y, height }] of column.entries()) {
    let block: Block = { first: index, count: 1, sum: y, y, height }
    for (let above = blocks.at(-1); above && above.y + above.height + rowGap > block.y;) {
      const shift = above.height + rowGap
      const count = above.count + block.count
      const sum = above.sum + block.sum - shift * block.count
      block = { first: above.first, count, sum, y: sum / count, height: shift + block.height }
      blocks.pop()
      above = blocks.at(-1)
    }
    blocks.push(block)
  }
  for (const { first, count, y } of blocks) {
    let at = y
    for (const slot of column.slice(first, first + count)) {
      slot.y = at
      at += slot.height + rowGap
    }
  }
}
