import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { edgePath } from './edge-path.ts'
import type { Point } from './layout.ts'

export type PlanEdgeData = {
  isRunning: boolean
  /** To or from a step that is left out. */
  isOff: boolean
  isDimmed: boolean
  way: readonly Point[]
}

/** A dependency. Only edges into running steps move. */
export const PlanEdge = memo(({ sourceX, sourceY, targetX, targetY, data }: EdgeProps) => {
  const { isRunning, isOff, isDimmed, way } = data as PlanEdgeData
  const path = edgePath({ x: sourceX, y: sourceY }, way, { x: targetX, y: targetY })
  return (
    <path
      d={path}
      className="plan-edge"
      data-running={isRunning}
      data-off={isOff}
      data-dimmed={isDimmed}
    />
  )
})
