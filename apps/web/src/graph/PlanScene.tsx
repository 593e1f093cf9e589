import { ViewportPortal } from '@xyflow/react'
import { type MouseEvent, useMemo, useRef, useState } from 'react'
import { conditionLabels } from './condition-labels.ts'
import { EdgeHint } from './EdgeHint.tsx'
import { edgeLook, isEdgeDimmed } from './edge-look.ts'
import { edgeShape } from './edge-shape.ts'
import type { Layout } from './layout.ts'
import { PlanEdge } from './PlanEdge.tsx'
import { cardBox, isInSight } from './sight.ts'
import { StepNode } from './StepNode.tsx'
import type { Graph } from './to-graph.ts'
import { useMarching } from './use-marching.ts'
import { useSight } from './use-sight.ts'

type Props = {
  graph: Graph
  layout: Layout
  selected: string | null
  /** A step with all before and after it; the rest is dimmed. */
  lineage: ReadonlySet<string> | null
  onPress: (stepId: string) => void
  onMenu: (event: MouseEvent, stepId: string) => void
}

const nodeOf = (event: MouseEvent): string | null =>
  event.target instanceof Element
    ? (event.target.closest('[data-node]')?.getAttribute('data-node') ?? null)
    : null

/** Cards and edges as elements, those in sight alone: React Flow moves them and knows none of them. */
export const PlanScene = ({ graph, layout, selected, lineage, onPress, onMenu }: Props) => {
  const sight = useSight()
  const [hovered, setHovered] = useState<string | null>(null)
  const { nodes, edges } = graph
  const cards = useMemo(
    () =>
      nodes.flatMap((node) => {
        const at = layout.points.get(node.stepId)
        return sight === null || at === undefined || !isInSight(cardBox(at), sight)
          ? []
          : [{ node, at }]
      }),
    [nodes, layout, sight],
  )
  const lines = useMemo(
    () =>
      edges.flatMap((link) => {
        const shape = edgeShape(layout, link)
        return sight === null || shape === null || !isInSight(shape, sight) ? [] : [{ link, shape }]
      }),
    [edges, layout, sight],
  )
  const byId = useMemo(() => new Map(nodes.map((node) => [node.stepId, node])), [nodes])
  const labels = useMemo(() => conditionLabels(nodes, edges), [nodes, edges])
  const drawn = lines.map(({ link, shape }) => ({
    link,
    shape,
    look: edgeLook(link, { from: byId.get(link.from)?.status, to: byId.get(link.to)?.status }),
  }))
  const svg = useRef<SVGSVGElement>(null)
  useMarching(
    svg,
    drawn.some(({ look }) => look.isMarching),
  )
  const hinted = hovered === null ? undefined : lines.find(({ link }) => link.id === hovered)
  return (
    <ViewportPortal>
      <div
        className="plan-scene"
        onClick={(event) => {
          const stepId = nodeOf(event)
          if (stepId !== null) onPress(stepId)
        }}
        onContextMenu={(event) => {
          const stepId = nodeOf(event)
          if (stepId !== null) onMenu(event, stepId)
        }}
      >
        <svg ref={svg} className="plan-edges" aria-hidden>
          {drawn.map(({ link, shape, look }) => (
            <PlanEdge
              key={link.id}
              link={link}
              shape={shape}
              label={labels.get(link.id) ?? null}
              {...look}
              isDimmed={isEdgeDimmed(link, lineage)}
              onHover={setHovered}
            />
          ))}
        </svg>
        {cards.map(({ node, at }) => (
          <StepNode
            key={node.stepId}
            node={node}
            at={at}
            isSelected={node.stepId === selected}
            isDimmed={lineage?.has(node.stepId) === false}
          />
        ))}
        {hinted !== undefined && (
          <EdgeHint {...hinted} condition={byId.get(hinted.link.to)?.condition} />
        )}
      </div>
    </ViewportPortal>
  )
}
