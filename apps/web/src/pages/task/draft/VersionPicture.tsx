import type { PlanVersion } from '@maestro/task-model/task'
import { useCallback, useMemo, useState } from 'react'
import { layoutOfGraph } from '../../../graph/layout-of-graph.ts'
import { PlanGraph } from '../../../graph/PlanGraph.tsx'
import { cardContentOfPlan, StepCard } from '../../../graph/StepCard.tsx'
import type { CardProps } from '../../../graph/StepNode.tsx'
import { graphOfSteps } from '../../../graph/to-graph.ts'

/** A version of the plan as its graph: what waits for what, before anything runs. */
export const VersionPicture = ({ plan }: { plan: PlanVersion }) => {
  const [selected, setSelected] = useState<string | null>(null)
  const graph = useMemo(
    () => ({ proposedVersion: plan.version, ...graphOfSteps(plan.steps, plan.agents) }),
    [plan],
  )
  const layout = useMemo(() => layoutOfGraph(graph), [graph])
  const steps = useMemo(() => new Map(plan.steps.map((step) => [step.stepId, step])), [plan])
  const renderCard = useCallback(
    ({ node, isSelected, isDimmed }: CardProps) => {
      const step = steps.get(node.stepId)
      return (
        step && (
          <StepCard
            content={cardContentOfPlan(step, node)}
            isSelected={isSelected}
            isDimmed={isDimmed}
            isStill
          />
        )
      )
    },
    [steps],
  )
  return (
    <PlanGraph
      graph={graph}
      layout={layout}
      selected={selected}
      onSelect={setSelected}
      onOpen={() => setSelected(selected)}
      isEmbedded
      renderCard={renderCard}
    />
  )
}
