import { StepId } from '@maestro/contracts/ids'
import { useMemo, useState } from 'react'
import { readEye } from '../../graph/eye.ts'
import { PlanGraph } from '../../graph/PlanGraph.tsx'
import type { CardProps } from '../../graph/StepNode.tsx'
import type { TaskSearch } from '../../paths.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { formatPlural } from '../../ui/format-count.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { SurroundingsContext, useGraphSurroundings } from './graph-surroundings.ts'
import { isLargePlan } from './is-large-plan.ts'
import { LiveStepCard } from './LiveStepCard.tsx'
import { useTaskSession } from './task-context.ts'
import { useGraph } from './use-graph.ts'
import { usePlanLayout } from './use-plan-layout.ts'

type Props = {
  /** Which sections of a large plan are open; left out: it is shown step by step. */
  sections: string | undefined
  /** Where an address wants the graph to be looked at. */
  eye: string | undefined
  selected: string | null
  onSelect: (stepId: string | null) => void
  onPass: (stepId: string | null) => void
  onOpen: () => void
  onSearch: (part: Partial<TaskSearch>) => void
}

const StepMenu = lazyPart(() =>
  import('./step-menu/StepMenu.tsx').then((module) => module.StepMenu),
)

const FoldedPlan = lazyPart(() => import('./FoldedPlan.tsx').then((module) => module.FoldedPlan))
const NoPlan = lazyPart(() => import('./NoPlan.tsx').then((module) => module.NoPlan))
const UnsafeTools = lazyPart(() => import('./UnsafeTools.tsx').then((module) => module.UnsafeTools))

const renderCard = (props: CardProps) => <LiveStepCard {...props} />

export const GraphView = ({
  sections,
  eye,
  selected,
  onSelect,
  onPass,
  onOpen,
  onSearch,
}: Props) => {
  const { hold } = useTaskSession()
  const graph = useGraph()
  const layout = usePlanLayout(graph)
  const { surroundings, setUnsafeTools } = useGraphSurroundings()
  const [menu, setMenu] = useState<{ stepId: StepId; at: { x: number; y: number } } | null>(null)
  const startsAt = useMemo(() => readEye(eye), [eye])
  const isLarge = isLargePlan(graph.nodes.length)
  const isFolded = isLarge && sections !== undefined
  if (graph.nodes.length === 0) return <NoPlan />
  const controls = isLarge && (
    <Button size="small" onClick={() => onSearch({ sections: isFolded ? undefined : 'closed' })}>
      {isFolded ? `Show all ${formatPlural(graph.nodes.length, 'step')}` : 'Collapse by section'}
    </Button>
  )
  const common = {
    graph,
    startsAt,
    selected,
    onSelect,
    onPass,
    onOpen,
    onHold: hold,
    controls,
    onMenu: (stepId: string, at: { x: number; y: number }) =>
      setMenu({ stepId: StepId.parse(stepId), at }),
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      {graph.proposedVersion !== null && (
        <p className="shrink-0 border-b border-line px-4 py-1.5">
          <Badge tone="text-queued">
            Proposed, version {graph.proposedVersion}: nothing runs by it yet
          </Badge>
        </p>
      )}
      <UnsafeTools onKnown={setUnsafeTools} />
      <div className="min-h-0 grow">
        <SurroundingsContext value={surroundings}>
          {isFolded ? (
            <FoldedPlan {...common} sections={sections} onSearch={onSearch} />
          ) : (
            <PlanGraph {...common} layout={layout} renderCard={renderCard} />
          )}
        </SurroundingsContext>
      </div>
      {menu !== null && (
        <StepMenu key={menu.stepId} {...menu} onSearch={onSearch} onClose={() => setMenu(null)} />
      )}
    </div>
  )
}
