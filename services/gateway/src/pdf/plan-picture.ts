import type { DrawnStep } from '../report/report.ts'
import { shortened } from '../report/report-words.ts'
import { type PageLine, pageLine } from './page-line.ts'

/** In centimetres. A row of `perRowMax` boxes is as wide as a page. */
const box = { width: 3.95, height: 1.55, gapX: 0.4, gapY: 0.85 }
const perRowMax = 4
const width = perRowMax * box.width + (perRowMax - 1) * box.gapX
const pitch = box.height + box.gapY
/** What fits a box: two lines, and half of one. */
const [titleMax, agentMax] = [46, 20]
/** What fits a page below a heading; a longer picture goes on on the next one. */
const rowsPerPage = 9

type Point = { x: number; y: number }
export type PlanPicture = {
  t: 'plan'
  width: number
  height: number
  boxes: readonly (Point & { title: PageLine; agent: PageLine; status: string })[]
  box: { width: number; height: number }
  arrows: readonly { from: Point; to: Point }[]
  /** Parts of the height, a page each. */
  slices: readonly { top: number; height: number }[]
}

/** Every step below all that it needs; in a row, near what it needs. */
const rowsOf = (steps: readonly DrawnStep[]): DrawnStep[][] => {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const layers = new Map<string, number>()
  const layerOf = (id: string): number => {
    const known = layers.get(id)
    if (known !== undefined) return known
    // A plan has no circle; were there one, it would end here.
    layers.set(id, 0)
    const needs = (byId.get(id)?.needs ?? []).filter((need) => byId.has(need))
    const layer = needs.length === 0 ? 0 : 1 + Math.max(...needs.map(layerOf))
    layers.set(id, layer)
    return layer
  }
  const layered = Map.groupBy(steps, ({ id }) => layerOf(id))
  const places = new Map<string, number>()
  const rows: DrawnStep[][] = []
  for (const layer of [...layered.keys()].toSorted((a, b) => a - b)) {
    const placeOf = ({ needs }: DrawnStep) => {
      const known = needs.flatMap((need) => places.get(need) ?? [])
      return known.length === 0 ? 0 : known.reduce((sum, place) => sum + place, 0) / known.length
    }
    const row = (layered.get(layer) ?? []).toSorted((a, b) => placeOf(a) - placeOf(b))
    for (let from = 0; from < row.length; from += perRowMax) {
      const part = row.slice(from, from + perRowMax)
      part.forEach(({ id }, index) => places.set(id, index - (part.length - 1) / 2))
      rows.push(part)
    }
  }
  return rows
}

/** A plan as boxes and arrows with their places. Pure, so that the same plan is always the same picture. */
export const planPicture = (steps: readonly DrawnStep[]): PlanPicture => {
  const rows = rowsOf(steps)
  const corners = new Map<string, Point>()
  rows.forEach((row, index) => {
    const rowWidth = row.length * box.width + (row.length - 1) * box.gapX
    row.forEach(({ id }, place) => {
      const x = (width - rowWidth) / 2 + place * (box.width + box.gapX)
      corners.set(id, { x, y: index * pitch })
    })
  })
  const slices: { top: number; height: number }[] = []
  for (let row = 0; row < rows.length; row += rowsPerPage) {
    const count = Math.min(rowsPerPage, rows.length - row)
    const isLast = row + count >= rows.length
    slices.push({ top: row * pitch, height: count * pitch - (isLast ? box.gapY : 0) })
  }
  return {
    t: 'plan',
    width,
    height: rows.length * pitch - box.gapY,
    box: { width: box.width, height: box.height },
    boxes: steps.flatMap(({ id, title, agent, status }) => {
      const corner = corners.get(id)
      return corner
        ? [
            {
              ...corner,
              title: pageLine(shortened(title, titleMax)),
              agent: pageLine(shortened(agent, agentMax)),
              status,
            },
          ]
        : []
    }),
    arrows: steps.flatMap(({ id, needs }) => {
      const to = corners.get(id)
      return needs.flatMap((need) => {
        const from = corners.get(need)
        if (!to || !from) return []
        return [
          {
            from: { x: from.x + box.width / 2, y: from.y + box.height },
            to: { x: to.x + box.width / 2, y: to.y },
          },
        ]
      })
    }),
    slices,
  }
}
