import { Background, BackgroundVariant, MiniMap, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import './card.css'
import { type KeyboardEvent, useId, useRef } from 'react'
import { describeGraph } from './describe-graph.ts'
import { focusOf } from './frame-plan.ts'
import { GraphControls } from './GraphControls.tsx'
import type { Layout } from './layout.ts'
import { type Direction, neighbourOf } from './neighbours.ts'
import { PlanEdge } from './PlanEdge.tsx'
import { CardContext, type RenderCard, StepNodeView } from './StepNode.tsx'
import type { Graph } from './to-graph.ts'
import { useFlowElements } from './use-flow-elements.ts'
import { useFraming } from './use-framing.ts'

type Props = {
  graph: Graph
  /** Of every step that the task ever had: scrubbing never moves a card. */
  layout: Layout
  selected: string | null
  onSelect: (stepId: string | null) => void
  onOpen: () => void
  /** Draws one card; it follows its own step and nothing else. */
  renderCard: RenderCard
}

const nodeTypes = { step: StepNodeView }
const edgeTypes = { plan: PlanEdge }
const miniMapFrom = 16
const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** The plan as a picture. React Flow only draws and pans; it owns nothing of the task. */
export const PlanGraph = (props: Props) => (
  <ReactFlowProvider>
    <CardContext value={props.renderCard}>
      <Canvas {...props} />
    </CardContext>
  </ReactFlowProvider>
)

const Canvas = ({ graph, layout, selected, onSelect, onOpen }: Props) => {
  const { points } = layout
  const descriptionId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const { nodes, edges } = useFlowElements(graph, layout, selected)
  const count = graph.nodes.length
  const focus = focusOf(graph, points, selected)
  const { onMoved, fit, zoomBy, lookAt } = useFraming({ frame, points, focus, count })

  const walk = (direction: Direction) => {
    const next =
      selected === null
        ? (graph.nodes[0]?.stepId ?? null)
        : neighbourOf(selected, direction, graph.edges, points)
    if (next === null) return
    onSelect(next)
    const point = points.get(next)
    if (point) lookAt(point)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions[event.key]
    if (direction !== undefined) {
      event.preventDefault()
      walk(direction)
    } else if (event.key === 'Enter' && selected !== null) onOpen()
    else if (event.key === 'f') fit()
    else if (event.key === 'Escape') onSelect(null)
  }

  return (
    <div
      ref={frame}
      tabIndex={0}
      role="group"
      aria-roledescription="graph"
      aria-label={`Plan of ${count} steps. Arrow keys move, Enter opens the inspector.`}
      aria-describedby={descriptionId}
      onKeyDown={onKeyDown}
      className="relative h-full min-h-0 focus-visible:outline-offset-[-2px]"
    >
      <p id={descriptionId} className="sr-only" aria-live="polite">
        {describeGraph(graph, selected)}
      </p>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onlyRenderVisibleElements
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
        panOnScroll
        minZoom={0.15}
        maxZoom={1.6}
        onNodeClick={(_, node) => onSelect(node.id)}
        onPaneClick={() => onSelect(null)}
        onMoveStart={(event) => {
          // Our own framing comes without an event.
          if (event !== null) onMoved()
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line)" />
        {count >= miniMapFrom && (
          <MiniMap
            pannable
            zoomable
            ariaLabel="Overview of the plan"
            bgColor="var(--surface)"
            maskColor="color-mix(in srgb, var(--sunken) 70%, transparent)"
            nodeColor="var(--line-strong)"
            nodeBorderRadius={8}
            className="border border-line"
          />
        )}
      </ReactFlow>
      <GraphControls onZoom={zoomBy} onFit={fit} />
    </div>
  )
}
