import { StepId } from '@maestro/contracts/ids'
import { PencilRuler } from 'lucide-react'
import { useState } from 'react'
import { PlanGraph } from '../../graph/PlanGraph.tsx'
import type { CardProps } from '../../graph/StepNode.tsx'
import type { TaskSearch } from '../../paths.ts'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { LiveStepCard } from './LiveStepCard.tsx'
import { useGraph } from './use-graph.ts'
import { usePlanLayout } from './use-plan-layout.ts'

type Props = {
  selected: string | null
  onSelect: (stepId: string | null) => void
  onOpen: () => void
  onSearch: (part: Partial<TaskSearch>) => void
}

const StepMenu = lazyPart(() =>
  import('./step-menu/StepMenu.tsx').then((module) => module.StepMenu),
)

const renderCard = (props: CardProps) => <LiveStepCard {...props} />

export const GraphView = ({ selected, onSelect, onOpen, onSearch }: Props) => {
  const { graph } = useGraph()
  const layout = usePlanLayout()
  const [menu, setMenu] = useState<{ stepId: StepId; at: { x: number; y: number } } | null>(null)
  if (graph.nodes.length === 0)
    return (
      <EmptyState icon={PencilRuler} title="No plan at this moment">
        The Planner designs a team and a plan first. Draft shows how far it is.
      </EmptyState>
    )
  return (
    <div className="relative h-full">
      {graph.proposedVersion !== null && (
        <div className="absolute top-3 left-3 z-10 bg-bg">
          <Badge tone="text-queued">
            Proposed, version {graph.proposedVersion}: nothing runs by it yet
          </Badge>
        </div>
      )}
      <PlanGraph
        graph={graph}
        layout={layout}
        selected={selected}
        onSelect={onSelect}
        onOpen={onOpen}
        onMenu={(stepId, at) => setMenu({ stepId: StepId.parse(stepId), at })}
        renderCard={renderCard}
      />
      {menu !== null && (
        <StepMenu key={menu.stepId} {...menu} onSearch={onSearch} onClose={() => setMenu(null)} />
      )}
    </div>
  )
}
