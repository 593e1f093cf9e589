import type { StepId } from '@maestro/contracts/ids'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { Eye } from '../../graph/eye.ts'
import { type Layout, layoutGraph } from '../../graph/layout.ts'
import { PlanGraph } from '../../graph/PlanGraph.tsx'
import { foldGraph } from '../../graph/sections/fold-graph.ts'
import { readSections, writeSections } from '../../graph/sections/open-sections.ts'
import { SectionCard } from '../../graph/sections/SectionCard.tsx'
import { sectionsOf } from '../../graph/sections/sections-of.ts'
import type { CardProps } from '../../graph/StepNode.tsx'
import type { Graph } from '../../graph/to-graph.ts'
import type { TaskSearch } from '../../paths.ts'
import { LiveStepCard } from './LiveStepCard.tsx'
import { useTaskSession } from './task-context.ts'

type Props = {
  graph: Graph
  sections: string
  startsAt: Eye | null
  selected: string | null
  onSelect: (stepId: string | null) => void
  onPass: (stepId: string | null) => void
  onOpen: () => void
  onMenu: (stepId: string, at: { x: number; y: number }) => void
  onHold: (isHeld: boolean) => void
  controls: ReactNode
  onSearch: (part: Partial<TaskSearch>) => void
}

const renderCard = (props: CardProps) =>
  props.node.section === undefined ? (
    <LiveStepCard {...props} />
  ) : (
    <SectionCard {...props} section={props.node.section} />
  )

/** A large plan in sections: each is one card until it is opened. Which are open stands in the address. */
export const FoldedPlan = ({
  graph,
  sections: written,
  startsAt,
  selected,
  onSelect,
  onPass,
  onOpen,
  onMenu,
  onHold,
  controls,
  onSearch,
}: Props) => {
  const { view } = useTaskSession()
  // A section is no step: that the arrows stand on one is nothing that the inspector could show.
  const [reached, setReached] = useState<string | null>(null)
  const all = useMemo(() => sectionsOf(graph, view.getState().task), [graph, view])
  const folded = useMemo(() => {
    const open = readSections(written) ?? new Set()
    return foldGraph(
      graph,
      all.filter(({ key }) => !open.has(key)),
    )
  }, [graph, all, written])
  const layout = useFoldedLayout(folded)
  const leaderOf = (stepId: string) =>
    folded.nodes.find(
      (node) => node.stepId === stepId || node.section?.stepIds.includes(stepId as StepId),
    )?.stepId ?? null
  const isSection = (stepId: string) =>
    folded.nodes.some((node) => node.stepId === stepId && node.section !== undefined)
  /** What of it the page knows as chosen: a section is not. */
  const reach = (stepId: string | null) => {
    const next = stepId !== null && isSection(stepId) ? stepId : null
    setReached(next)
    return next === null ? stepId : null
  }
  return (
    <PlanGraph
      graph={folded}
      layout={layout}
      startsAt={startsAt}
      selected={reached ?? (selected === null ? null : leaderOf(selected))}
      onSelect={(stepId) => onSelect(reach(stepId))}
      onPass={(stepId) => onPass(reach(stepId))}
      onOpen={onOpen}
      onHold={onHold}
      controls={controls}
      onMenu={(stepId, at) => {
        if (!isSection(stepId)) onMenu(stepId, at)
      }}
      onUnfold={(stepId) => {
        const section = all.find(({ stepIds }) => stepIds.some((one) => one === stepId))
        if (section === undefined) return
        setReached(null)
        onSearch({
          sections: writeSections(new Set([...(readSections(written) ?? []), section.key])),
        })
      }}
      renderCard={renderCard}
    />
  )
}

/** Only its shape places a plan, and most events leave that as it is. */
const useFoldedLayout = ({ nodes, edges }: Graph): Layout => {
  const last = useRef<{ shape: string; layout: Layout } | null>(null)
  return useMemo(() => {
    const ids = nodes.map(({ stepId }) => stepId)
    const shape = `${ids.join()}|${edges.map(({ id }) => id).join()}`
    if (last.current?.shape !== shape)
      last.current = { shape, layout: layoutGraph({ ids, links: edges, labelled: new Set() }) }
    return last.current.layout
  }, [nodes, edges])
}
