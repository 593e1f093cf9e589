import { changeLook } from './change-look.ts'
import { isBusy } from './is-busy.ts'
import { isOff } from './is-off.ts'
import type { GraphEdge, GraphNode } from './to-graph.ts'

export type EdgeLook = {
  /** The name of its colour. */
  readonly ink: string
  /** In units of the plan, as are its dashes: none is a line without a gap. */
  readonly width: number
  readonly dash: readonly number[]
  /** Something is at work with what came along it: where edges can move, this one does. */
  readonly isMarching: boolean
}

type Ends = Readonly<Record<'from' | 'to', GraphNode['status'] | undefined>>

const solid: readonly number[] = []
const conditional: readonly number[] = [8, 5]
/** To or from a step that is left out: a way that the work does not take. */
const leftOut: readonly number[] = [2, 5]
const removed: readonly number[] = [3, 7]

/** What an edge tells by its line, whether it is drawn as an element or on a canvas. */
export const edgeLook = (edge: GraphEdge, { from, to }: Ends): EdgeLook => {
  const isLeftOut = isOff(from) || isOff(to)
  const isMarching = isBusy(to) && !isLeftOut
  return {
    ink: inkOf(edge, isMarching),
    width: widthOf(edge, isMarching),
    dash: dashOf(edge, isLeftOut),
    isMarching,
  }
}

const inkOf = ({ change, isCritical }: GraphEdge, isMarching: boolean): string => {
  if (change !== undefined) return changeLook[change].token
  if (isMarching) return 'running'
  return isCritical === true ? 'text-2' : 'line-strong'
}

const widthOf = ({ change, isCritical }: GraphEdge, isMarching: boolean): number => {
  if (isCritical === true || change !== undefined) return 3
  return isMarching ? 2 : 1.5
}

const dashOf = ({ change, isConditional }: GraphEdge, isLeftOut: boolean): readonly number[] => {
  if (change === 'removed') return removed
  if (isLeftOut) return leftOut
  return isConditional === true ? conditional : solid
}

/** Of a selected step with all before and after it: what does not lead from one of them to another is dimmed. */
export const isEdgeDimmed = (
  { from, to }: GraphEdge,
  lineage: ReadonlySet<string> | null,
): boolean => lineage !== null && !(lineage.has(from) && lineage.has(to))
