import { ReactFlowProvider, useReactFlow, useStore } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import './card.css'
import { type MouseEvent, type ReactNode, useId, useMemo, useRef } from 'react'
import { describeGraph } from './describe-graph.ts'
import { Dots } from './Dots.tsx'
import type { Eye } from './eye.ts'
import { FlowPane } from './FlowPane.tsx'
import { focusOf, readableZoom } from './frame-plan.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { useMedia } from '../ui/use-media.ts'
import { GraphControls } from './GraphControls.tsx'
import { graphKeys } from './graph-keys.ts'
import type { Layout } from './layout.ts'
import { type Direction, lineageOf, neighbourOf } from './neighbours.ts'
import { nodeAt } from './node-at.ts'
import { PlanScene } from './PlanScene.tsx'
import { CardContext, type RenderCard } from './StepNode.tsx'
import type { Graph } from './to-graph.ts'
import { useArrangement } from './use-arrangement.ts'
import { useFollowed } from './use-followed.ts'
import { useFraming } from './use-framing.ts'
import { useHold } from './use-hold.ts'
import { useShownPoints } from './use-shown-points.ts'
import { useToldEye } from './use-told-eye.ts'

type Props = {
  graph: Graph
  /** Of every step that the task ever had: scrubbing never moves a card. */
  layout: Layout
  selected: string | null
  onSelect: (stepId: string | null) => void
  /** Of what arrow keys come to, and of what a menu is asked for: chosen, but not opened. Left out: as `onSelect`. */
  onPass?: (stepId: string) => void
  onOpen: () => void
  /** A menu of one step is asked for, at a point of the window. */
  onMenu?: (stepId: string, at: { x: number; y: number }) => void
  /** The steps that this card stands for are to be shown one by one. */
  onUnfold?: (stepId: string) => void
  /** A picture within a page that scrolls: it shows the whole, leaves wheel and fingers to the page, and follows what is selected. */
  isEmbedded?: boolean
  /** What an address wants to be looked at. */
  startsAt?: Eye | null
  /** Somebody begins to move the picture, or has put it down. */
  onHold?: (isHeld: boolean) => void
  /** Draws one card; it follows its own step and nothing else. */
  renderCard: RenderCard
  /** What else is done with this picture, beside its controls. */
  controls?: ReactNode
}

const MiniPlan = lazyPart(() => import('./MiniPlan.tsx').then((module) => module.MiniPlan))
const FarPlan = lazyPart(() => import('./FarPlan.tsx').then((module) => module.FarPlan))

const miniPlanFrom = 16
/** Further away, cards are drawn on a canvas. */
const cardZoomMin = 0.6
/** Of a picture that is there for its whole: smaller, not even the borders could be told apart. */
const wholeZoomMin = 0.15
/** Where fingers scroll the page: they move the picture when they are two. */
const pageScrolls = '(max-width: 767px), (max-height: 560px)'

/** The plan as a picture. React Flow only draws and pans; it owns nothing of the task. */
export const PlanGraph = (props: Props) => (
  <ReactFlowProvider>
    <CardContext value={props.renderCard}>
      <Canvas {...props} />
    </CardContext>
  </ReactFlowProvider>
)

const Canvas = ({
  graph,
  layout: fresh,
  selected,
  onSelect,
  onPass = onSelect,
  onOpen,
  onMenu,
  onUnfold,
  onHold,
  isEmbedded = false,
  startsAt = null,
  controls,
}: Props) => {
  const isTouched = useMedia('(pointer: coarse)')
  const isInScrolledPage = useMedia(pageScrolls)
  const leavesSwipes = isEmbedded || isInScrolledPage
  const hasMovedRef = useRef(false)
  const { layout, tidying, tidy } = useArrangement(fresh, hasMovedRef)
  const points = useShownPoints(graph.nodes, layout)
  const descriptionId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const flow = useReactFlow()
  const isFar = useStore(({ transform }) => transform[2] < cardZoomMin)
  const lineage = useMemo(
    () => (selected === null || isEmbedded ? null : lineageOf(selected, graph.edges)),
    [selected, graph.edges, isEmbedded],
  )
  const count = graph.nodes.length
  const hasMini = count >= miniPlanFrom && !isEmbedded
  const focus = focusOf(graph, points, selected)
  const { onMoved, fit, zoomBy, lookAt, readEye } = useFraming({
    frame,
    hasMovedRef,
    points,
    layout,
    focus,
    startsAt,
    zoomMin: isEmbedded ? wholeZoomMin : readableZoom,
    hasMini,
  })
  useToldEye(isEmbedded ? null : readEye)
  useFollowed(isEmbedded ? selected : null, points, lookAt)
  const { isHeld, hold } = useHold(frame, onHold)

  const walk = (direction: Direction) => {
    const next =
      selected === null
        ? (graph.nodes[0]?.stepId ?? null)
        : neighbourOf(selected, direction, graph.edges, points)
    if (next === null) return
    onPass(next)
    const point = points.get(next)
    if (point) lookAt(point)
  }
  const isFolded = (stepId: string) =>
    graph.nodes.some((node) => node.stepId === stepId && node.section !== undefined)
  const open = (stepId: string) => (isFolded(stepId) ? onUnfold?.(stepId) : onOpen())
  const press = (stepId: string) => (isFolded(stepId) ? onUnfold?.(stepId) : onSelect(stepId))
  /** From afar no card is an element that could be hit, and fingers hit the picture alone. */
  const nodeUnder = ({ clientX, clientY }: { clientX: number; clientY: number }) =>
    isFar || isTouched
      ? nodeAt(graph.nodes, points, flow.screenToFlowPosition({ x: clientX, y: clientY }))
      : null
  const openMenu = (event: MouseEvent | globalThis.MouseEvent, stepId: string | undefined) => {
    if (stepId === undefined || onMenu === undefined) return
    event.preventDefault()
    onPass(stepId)
    onMenu(stepId, { x: event.clientX, y: event.clientY })
  }
  const onKeyDown = graphKeys({
    walk,
    fit,
    open: () => selected !== null && open(selected),
    leave: () => onSelect(null),
    menu: () => {
      const point = selected === null ? undefined : points.get(selected)
      if (selected === null || point === undefined) return
      onMenu?.(selected, flow.flowToScreenPosition({ x: point.x + 24, y: point.y + 24 }))
    },
  })

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        ref={frame}
        data-leaves-swipes={leavesSwipes}
        tabIndex={0}
        role="group"
        aria-roledescription="graph"
        aria-label={`Plan of ${count} steps. Arrow keys move, Enter opens the inspector, Shift F10 its menu.`}
        aria-describedby={descriptionId}
        onKeyDown={onKeyDown}
        onTouchStartCapture={(event) => {
          // React Flow would take it, and the page could not be scrolled from here.
          if (leavesSwipes && event.touches.length === 1) event.stopPropagation()
        }}
        className="relative min-h-0 grow focus-visible:outline-offset-[-2px]"
      >
        <p id={descriptionId} className="sr-only" aria-live="polite">
          {describeGraph(graph, selected)}
        </p>
        <FlowPane
          isEmbedded={isEmbedded}
          onClick={(event) => {
            const hit = nodeUnder(event)
            if (hit === null) onSelect(null)
            else press(hit.stepId)
          }}
          onMenu={(event) => openMenu(event, nodeUnder(event)?.stepId)}
          onMoveStart={onMoved}
          onMove={() => {
            // A press alone moves nothing: the card under it has to stay one that can be hit.
            if (!isHeld()) hold(true)
          }}
          onMoveEnd={() => hold(false)}
        >
          <Dots />
          {!isFar && (
            <PlanScene
              graph={graph}
              layout={layout}
              selected={selected}
              lineage={lineage}
              onPress={press}
              onMenu={openMenu}
            />
          )}
        </FlowPane>
        {isFar && <FarPlan graph={graph} layout={layout} selected={selected} lineage={lineage} />}
        {hasMini && !isFar && <MiniPlan graph={graph} points={points} onMoved={onMoved} />}
      </div>
      <GraphControls onZoom={zoomBy} onFit={fit} onTidy={tidy} tidying={tidying}>
        {controls}
      </GraphControls>
    </div>
  )
}
