import { createContext, memo, type ReactNode, use } from 'react'
import type { Point } from './layout.ts'
import type { GraphNode } from './to-graph.ts'

export type CardProps = { node: GraphNode; isSelected: boolean; isDimmed: boolean }
export type RenderCard = (props: CardProps) => ReactNode

export const CardContext = createContext<RenderCard | null>(null)

type Props = CardProps & { at: Point }

/** A card at its place in the plan. */
export const StepNode = memo(({ at, ...card }: Props) => {
  const renderCard = use(CardContext)
  return (
    <div className="plan-node" data-node={card.node.stepId} style={{ left: at.x, top: at.y }}>
      {renderCard?.(card)}
    </div>
  )
})
