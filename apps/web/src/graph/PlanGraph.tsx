import {
  Background,
  BackgroundVariant,
  type Edge,
  Handle,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import './card.css'
import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  use,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react'
import { stepStatusLook } from '../ui/status-look.ts'
import { GraphControls } from './GraphControls.tsx'
import { cardHeight, cardWidth, type Layout, linkKey } from './layout.ts'
import { type Direction, lineageOf, neighbourOf } from './neighbours.ts'
import { focusOf, framePlan } from './frame-plan.ts'
import { PlanEdge } from './PlanEdge.tsx'
import type { Graph, GraphNode } from './to-graph.ts'

export type CardProps = {
  node: GraphNode
  isSelected: boolean
  isDimmed: boolean
}

type Props = {
  graph: Graph
  /** Of every step that the task ever had: scrubbing never moves a card. */
  layout: Layout
  selected: string | null
  onSelect: (stepId: string | null) => void
  onOpen: () => void
  /** Draws one card; it follows its own step and nothing else. */
  renderCard: (props: CardProps) => ReactNode
}

const CardContext = createContext<Props['renderCard'] | null>(null)

type StepNode = Node<CardProps, 'step'>

const StepNodeView = ({ data }: NodeProps<StepNode>) => {
  const renderCard = use(CardContext)
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      {renderCard?.(data)}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  )
}

const nodeTypes = { step: StepNodeView }
const edgeTypes = { plan: PlanEdge }
const size = { width: cardWidth, height: cardHeight }
// Given with each node: React Flow would otherwise mount all of them to measure first.
const handles = [
  {
    type: 'target' as const,
    position: Position.Left,
    x: 0,
    y: cardHeight / 2,
    width: 0,
    height: 0,
  },
  {
    type: 'source' as const,
    position: Position.Right,
    x: cardWidth,
    y: cardHeight / 2,
    width: 0,
    height: 0,
  },
]
const noWay: readonly never[] = []
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
  const { points, ways } = layout
  const flow = useReactFlow()
  const descriptionId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const hasMoved = useRef(false)
  const { nodes: steps, edges: links } = graph
  const lineage = useMemo(
    () => (selected === null ? null : lineageOf(selected, links)),
    [selected, links],
  )
  const nodes = useMemo<StepNode[]>(
    () =>
      steps.map((node) => ({
        id: node.stepId,
        type: 'step',
        position: points.get(node.stepId) ?? { x: 0, y: 0 },
        ...size,
        measured: size,
        handles,
        draggable: false,
        connectable: false,
        data: {
          node,
          isSelected: node.stepId === selected,
          isDimmed: lineage?.has(node.stepId) === false,
        },
      })),
    [steps, points, selected, lineage],
  )
  const running = useMemo(
    () => new Set(steps.flatMap(({ stepId, status }) => (status === 'running' ? [stepId] : []))),
    [steps],
  )
  const edges = useMemo<Edge[]>(
    () =>
      links.map(({ id, from, to }) => ({
        id,
        type: 'plan',
        source: from,
        target: to,
        data: {
          way: ways.get(linkKey({ from, to })) ?? noWay,
          isRunning: running.has(to),
          isDimmed: lineage !== null && !(lineage.has(from) && lineage.has(to)),
        },
      })),
    [links, ways, running, lineage],
  )
  const fit = () => {
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {}
    void flow.setViewport(
      framePlan([...points.values()], focusOf(graph, points, selected), {
        width: clientWidth,
        height: clientHeight,
      }),
    )
  }
  const latestFit = useRef(fit)
  latestFit.current = fit

  useEffect(() => {
    // A plan that has just come is shown whole, unless somebody looks at a part of it already.
    if (!hasMoved.current && steps.length > 0) latestFit.current()
  }, [steps.length])

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      if (!hasMoved.current) latestFit.current()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions[event.key]
    if (direction !== undefined) {
      event.preventDefault()
      const next =
        selected === null ? steps[0]?.stepId : neighbourOf(selected, direction, links, points)
      if (next) {
        onSelect(next)
        const point = points.get(next)
        if (point)
          void flow.setCenter(point.x + cardWidth / 2, point.y + cardHeight / 2, {
            zoom: Math.max(flow.getZoom(), 0.6),
          })
        hasMoved.current = true
      }
    } else if (event.key === 'Enter' && selected !== null) onOpen()
    else if (event.key === 'f') {
      hasMoved.current = false
      fit()
    } else if (event.key === 'Escape') onSelect(null)
  }

  return (
    <div
      ref={frame}
      tabIndex={0}
      role="group"
      aria-roledescription="graph"
      aria-label={`Plan of ${steps.length} steps. Arrow keys move, Enter opens the inspector.`}
      aria-describedby={descriptionId}
      onKeyDown={onKeyDown}
      className="relative h-full min-h-0 focus-visible:outline-offset-[-2px]"
    >
      <p id={descriptionId} className="sr-only" aria-live="polite">
        {describe(graph, selected)}
      </p>
      <ReactFlow<StepNode>
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
          if (event !== null) hasMoved.current = true
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line)" />
        {steps.length >= miniMapFrom && (
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
      <GraphControls
        onZoom={(factor) => {
          hasMoved.current = true
          void flow.zoomTo(flow.getZoom() * factor)
        }}
        onFit={() => {
          hasMoved.current = false
          fit()
        }}
      />
    </div>
  )
}

const describe = ({ nodes, edges }: Graph, selected: string | null): string => {
  const node = nodes.find(({ stepId }) => stepId === selected)
  if (node === undefined) return 'No step is selected.'
  const lineage = (key: 'from' | 'to', other: 'from' | 'to') =>
    edges.filter((edge) => edge[key] === node.stepId).map((edge) => edge[other]).length
  return `Step ${node.number} of ${nodes.length}, ${node.title}, ${stepStatusLook[node.status].label.toLowerCase()}, ${lineage('to', 'from')} before, ${lineage('from', 'to')} after.`
}
