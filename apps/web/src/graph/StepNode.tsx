import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { createContext, type ReactNode, use } from 'react'
import { cardHeight, cardWidth } from './column-places.ts'
import type { GraphNode } from './to-graph.ts'

export type CardProps = { node: GraphNode; isSelected: boolean; isDimmed: boolean }
export type RenderCard = (props: CardProps) => ReactNode
export type StepNode = Node<CardProps, 'step'>

export const CardContext = createContext<RenderCard | null>(null)

const size = { width: cardWidth, height: cardHeight }
const handle = { y: cardHeight / 2, width: 0, height: 0 }

// Size and handles are given with each node: React Flow would otherwise mount all of them to measure first.
export const fixedShape = {
  ...size,
  measured: size,
  handles: [
    { ...handle, type: 'target' as const, position: Position.Left, x: 0 },
    { ...handle, type: 'source' as const, position: Position.Right, x: cardWidth },
  ],
}

/** A card in React Flow's frame. */
export const StepNodeView = ({ data }: NodeProps<StepNode>) => {
  const renderCard = use(CardContext)
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      {renderCard?.(data)}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  )
}
