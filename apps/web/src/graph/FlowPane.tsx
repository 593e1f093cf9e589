import { ReactFlow } from '@xyflow/react'
import type { MouseEvent, ReactNode } from 'react'

type Props = {
  /** Wheel and fingers belong to the page around it. */
  isEmbedded: boolean
  onClick: (event: MouseEvent) => void
  onMenu: (event: MouseEvent | globalThis.MouseEvent) => void
  /** A hand has begun to move it, moves it, has let it go; our own framing is nobody's hand. */
  onMoveStart: () => void
  onMove: () => void
  onMoveEnd: () => void
  children: ReactNode
}

/** React Flow pans and zooms what is in it, and knows no node. */
export const FlowPane = ({
  isEmbedded,
  onClick,
  onMenu,
  onMoveStart,
  onMove,
  onMoveEnd,
  children,
}: Props) => (
  <ReactFlow
    nodesDraggable={false}
    nodesConnectable={false}
    nodesFocusable={false}
    edgesFocusable={false}
    elementsSelectable={false}
    disableKeyboardA11y
    deleteKeyCode={null}
    selectionKeyCode={null}
    multiSelectionKeyCode={null}
    zoomOnDoubleClick={false}
    panOnScroll={!isEmbedded}
    zoomOnScroll={!isEmbedded}
    preventScrolling={!isEmbedded}
    minZoom={0.15}
    maxZoom={1.6}
    onPaneContextMenu={onMenu}
    onPaneClick={onClick}
    onMoveStart={(event) => event !== null && onMoveStart()}
    onMove={(event) => event !== null && onMove()}
    onMoveEnd={onMoveEnd}
  >
    {children}
  </ReactFlow>
)
