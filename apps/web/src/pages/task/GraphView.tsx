import { PencilRuler } from 'lucide-react'
import { PlanGraph } from '../../graph/PlanGraph.tsx'
import type { CardProps } from '../../graph/StepNode.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveStepCard } from './LiveStepCard.tsx'
import { useGraph } from './use-graph.ts'
import { usePlanLayout } from './use-plan-layout.ts'

type Props = {
  selected: string | null
  onSelect: (stepId: string | null) => void
  onOpen: () => void
}

const renderCard = (props: CardProps) => <LiveStepCard {...props} />

export const GraphView = ({ selected, onSelect, onOpen }: Props) => {
  const { graph } = useGraph()
  const layout = usePlanLayout()
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
        renderCard={renderCard}
      />
    </div>
  )
}
