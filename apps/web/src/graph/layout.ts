export const cardWidth = 220
export const cardHeight = 96
const columnGap = 76
const rowGap = 28
const sweeps = 4

type Link = { readonly from: string; readonly to: string }
export type Point = { readonly x: number; readonly y: number }

/**
 * Where each card stands: columns by the longest way from a start, order within a column by where
 * the neighbours stand. Instant (a thousand cards in milliseconds), so that it never delays a paint.
 * Links that would close a cycle, as a union of plan versions may, are passed over.
 */
export const layoutGraph = (
  ids: readonly string[],
  links: readonly Link[],
): ReadonlyMap<string, Point> => {
  const after = new Map<string, string[]>(ids.map((id) => [id, []]))
  const before = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const { from, to } of links) {
    if (!after.has(from) || !before.has(to)) continue
    after.get(from)?.push(to)
    before.get(to)?.push(from)
  }
  const columns = toColumns(ids, before, after)
  sortColumns(columns, before, after)
  return place(columns)
}

/** Kahn's order; what a cycle holds back goes where it would have gone without the cycle. */
const toColumns = (
  ids: readonly string[],
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
): string[][] => {
  const depth = new Map<string, number>()
  const open = new Map(ids.map((id) => [id, before.get(id)?.length ?? 0]))
  const queue = ids.filter((id) => open.get(id) === 0)
  const rest = ids.filter((id) => open.get(id) !== 0)
  const done = new Set<string>()
  for (let next = queue.shift(); ; next = queue.shift()) {
    next ??= rest.find((id) => !done.has(id))
    if (next === undefined) break
    if (done.has(next)) continue
    done.add(next)
    const own = depth.get(next) ?? 0
    depth.set(next, own)
    for (const id of after.get(next) ?? []) {
      if (done.has(id)) continue
      depth.set(id, Math.max(depth.get(id) ?? 0, own + 1))
      const left = (open.get(id) ?? 1) - 1
      open.set(id, left)
      if (left === 0) queue.push(id)
    }
  }
  const columns: string[][] = []
  for (const id of ids) (columns[depth.get(id) ?? 0] ??= []).push(id)
  return Array.from(columns, (column) => column ?? [])
}

const sortColumns = (
  columns: string[][],
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
) => {
  const row = new Map<string, number>()
  const number = (column: readonly string[]) =>
    column.forEach((id, index) => row.set(id, index - (column.length - 1) / 2))
  columns.forEach(number)
  const sort = (column: string[], neighbours: ReadonlyMap<string, readonly string[]>) => {
    const weight = new Map(
      column.map((id) => {
        const near = neighbours.get(id) ?? []
        const sum = near.reduce((total, other) => total + (row.get(other) ?? 0), 0)
        return [id, near.length === 0 ? (row.get(id) ?? 0) : sum / near.length]
      }),
    )
    column.sort((one, other) => (weight.get(one) ?? 0) - (weight.get(other) ?? 0))
    number(column)
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const column of columns) sort(column, before)
    for (const column of columns.toReversed()) sort(column, after)
  }
}

const place = (columns: readonly (readonly string[])[]): ReadonlyMap<string, Point> => {
  const rowsMax = Math.max(1, ...columns.map((column) => column.length))
  const heightOf = (rows: number) => rows * cardHeight + (rows - 1) * rowGap
  const points = new Map<string, Point>()
  columns.forEach((column, columnIndex) => {
    const top = (heightOf(rowsMax) - heightOf(column.length)) / 2
    column.forEach((id, rowIndex) =>
      points.set(id, {
        x: columnIndex * (cardWidth + columnGap),
        y: Math.round(top + rowIndex * (cardHeight + rowGap)),
      }),
    )
  })
  return points
}
