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
  readonly id: string
  readonly height: number
  before: Slot[]
  after: Slot[]
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
  const slots = new Map(ids.map((id) => [id, slotOf(id, cardHeight)]))
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

const slotOf = (id: string, height: number): Slot => ({ id, height, before: [], after: [], y: 0 })

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
      const lane = slotOf(`${link.from}@${column}`, laneHeight)
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

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const middle = ({ y, height }: Slot) => y + height / 2

/** Sorts each column by the mean row of its neighbours, from the left and from the right in turn. */
const order = (columns: Slot[][]) => {
  const row = new Map<Slot, number>()
  const number = (column: readonly Slot[]) =>
    column.forEach((slot, index) => row.set(slot, index - (column.length - 1) / 2))
  columns.forEach(number)
  const sort = (column: Slot[], side: 'before' | 'after') => {
    const weight = new Map(
      column.map((slot) => {
        const near = slot[side].map((other) => row.get(other) ?? 0)
        return [slot, near.length === 0 ? (row.get(slot) ?? 0) : mean(near)]
      }),
    )
    column.sort((one, other) => (weight.get(one) ?? 0) - (weight.get(other) ?? 0))
    number(column)
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const column of columns) sort(column, 'before')
    for (const column of columns.toReversed()) sort(column, 'after')
  }
}

/** Gives heights: first one below the other, then towards the neighbours without changing the order. */
const settle = (columns: readonly (readonly Slot[])[]) => {
  for (const column of columns)
    pack(
      column,
      column.map(() => 0),
    )
  const pull = (column: readonly Slot[], side: 'before' | 'after') =>
    pack(
      column,
      column.map((slot) =>
        slot[side].length === 0 ? slot.y : mean(slot[side].map(middle)) - slot.height / 2,
      ),
    )
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const column of columns.slice(1)) pull(column, 'before')
    for (const column of columns.slice(0, -1).toReversed()) pull(column, 'after')
  }
  const top = Math.min(0, ...columns.flat().map(({ y }) => y))
  for (const slot of columns.flat()) slot.y -= top
}

/** As near to the wanted heights as the order and the gaps allow: what overlaps is spread around its mean. */
const pack = (column: readonly Slot[], wanted: readonly number[]) => {
  const blocks: { slots: Slot[]; offsets: number[]; sum: number; y: number; height: number }[] = []
  column.forEach((slot, index) => {
    let block = {
      slots: [slot],
      offsets: [0],
      sum: wanted[index] ?? 0,
      y: wanted[index] ?? 0,
      height: slot.height,
    }
    for (let above = blocks.at(-1); above && above.y + above.height + rowGap > block.y;) {
      const shift = above.height + rowGap
      block = {
        slots: [...above.slots, ...block.slots],
        offsets: [...above.offsets, ...block.offsets.map((offset) => offset + shift)],
        sum: above.sum + block.sum - shift * block.slots.length,
        y: 0,
        height: above.height + rowGap + block.height,
      }
      block.y = block.sum / block.slots.length
      blocks.pop()
      above = blocks.at(-1)
    }
    blocks.push(block)
  })
  for (const { slots, offsets, y } of blocks)
    slots.forEach((slot, index) => (slot.y = y + (offsets[index] ?? 0)))
}
