import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import './card.css'
import { type KeyboardEvent, type MouseEvent, useId, useMemo, useRef } from 'react'
import { describeGraph } from './describe-graph.ts'
import { focusOf } from './frame-plan.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { GraphControls } from './GraphControls.tsx'
import type { Layout } from './layout.ts'
import { type Direction, lineageOf, neighbourOf } from './neighbours.ts'
import { nodeAt } from './node-at.ts'
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
  /** A menu of one step is asked for, at a point of the window. */
  onMenu: (stepId: string, at: { x: number; y: number }) => void
  /** Draws one card; it follows its own step and nothing else. */
  renderCard: RenderCard
}

const FarPlan = lazyPart(() => import('./FarPlan.tsx').then((module) => module.FarPlan))

const nodeTypes = { step: StepNodeView }
const edgeTypes = { plan: PlanEdge }
const miniMapFrom = 16
/** Further away, cards are drawn on a canvas. */
const cardZoomMin = 0.6
const nothing: never[] = []
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

const Canvas = ({ graph, layout, selected, onSelect, onOpen, onMenu }: Props) => {
  const { points } = layout
  const descriptionId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const flow = useReactFlow()
  const isFar = useStore(({ transform }) => transform[2] < cardZoomMin)
  const lineage = useMemo(
    () => (selected === null ? null : lineageOf(selected, graph.edges)),
    [selected, graph.edges],
  )
  const { nodes, edges } = useFlowElements(graph, layout, selected, lineage)
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
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault()
      openMenuByKey()
    } else if (event.key === 'Enter' && selected !== null) onOpen()
    else if (event.key === 'f') fit()
    else if (event.key === 'Escape') onSelect(null)
  }

  /** From afar no card is an element that could be hit. */
  const farNodeAt = ({ clientX, clientY }: { clientX: number; clientY: number }) =>
    isFar
      ? nodeAt(graph.nodes, points, flow.screenToFlowPosition({ x: clientX, y: clientY }))
      : null
  const openMenu = (event: MouseEvent | globalThis.MouseEvent, stepId: string | undefined) => {
    if (stepId === undefined) return
    event.preventDefault()
    onSelect(stepId)
    onMenu(stepId, { x: event.clientX, y: event.clientY })
  }
  const openMenuByKey = () => {
    const point = selected === null ? undefined : points.get(selected)
    if (selected === null || point === undefined) return
    onMenu(selected, flow.flowToScreenPosition({ x: point.x + 24, y: point.y + 24 }))
  }

  return (
    <div
      ref={frame}
      data-far={isFar}
      tabIndex={0}
      role="group"
      aria-roledescription="graph"
      aria-label={`Plan of ${count} steps. Arrow keys move, Enter opens the inspector, Shift F10 its menu.`}
      aria-describedby={descriptionId}
      onKeyDown={onKeyDown}
      className="relative h-full min-h-0 focus-visible:outline-offset-[-2px]"
    >
      <p id={descriptionId} className="sr-only" aria-live="polite">
        {describeGraph(graph, selected)}
      </p>
      <ReactFlow
        nodes={isFar ? nothing : nodes}
        edges={isFar ? nothing : edges}
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
        onNodeContextMenu={(event, node) => openMenu(event, node.id)}
        onPaneContextMenu={(event) => openMenu(event, farNodeAt(event)?.stepId)}
        onPaneClick={(event) => onSelect(farNodeAt(event)?.stepId ?? null)}
        onMoveStart={(event) => {
          // Our own framing comes without an event.
          if (event !== null) onMoved()
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line)" />
        {count >= miniMapFrom && !isFar && (
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
      {isFar && <FarPlan graph={graph} layout={layout} selected={selected} lineage={lineage} />}
      <GraphControls onZoom={zoomBy} onFit={fit} />
    </div>
  )
}
