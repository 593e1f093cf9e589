import type { PlanVersion } from '@maestro/task-model/task'
import { useCallback, useMemo } from 'react'
import { diffGraph } from '../../graph/diff-graph.ts'
import { layoutOfGraph } from '../../graph/layout-of-graph.ts'
import { PlanGraph } from '../../graph/PlanGraph.tsx'
import { cardContentOfPlan, StepCard } from '../../graph/StepCard.tsx'
import type { CardProps } from '../../graph/StepNode.tsx'
import type { StepChanges } from './changes-by-step.ts'
import { fieldName } from './field-words.ts'

type Props = {
  plan: PlanVersion
  before: PlanVersion
  changes: readonly StepChanges[]
  selected: string | null
  onSelect: (stepId: string | null) => void
}

/** Two versions of a plan in one picture: what was added, removed and changed, by sign and border. */
export const PlanOverlay = ({ plan, before, changes, selected, onSelect }: Props) => {
  const graph = useMemo(() => diffGraph(before, plan), [before, plan])
  const layout = useMemo(() => layoutOfGraph(graph), [graph])
  const steps = useMemo(
    () => new Map([...before.steps, ...plan.steps].map((step) => [step.stepId, step])),
    [before, plan],
  )
  const words = useMemo(() => new Map(changes.map((one) => [one.stepId, wordsOf(one)])), [changes])
  const renderCard = useCallback(
    ({ node, isSelected, isDimmed }: CardProps) => {
      const step = steps.get(node.stepId)
      if (step === undefined) return null
      const content = cardContentOfPlan(step, node)
      const preview = words.get(node.stepId) ?? content.preview
      return (
        <StepCard
          content={{ ...content, preview, ...(node.change && { change: node.change }) }}
          isSelected={isSelected}
          isDimmed={isDimmed}
          isStill
        />
      )
    },
    [steps, words],
  )
  return (
    <PlanGraph
      graph={graph}
      layout={layout}
      selected={selected}
      onSelect={onSelect}
      onOpen={() => onSelect(selected)}
      isEmbedded
      renderCard={renderCard}
    />
  )
}

/** What changed, in the place of what the step is to do. */
const wordsOf = ({ kind, fields, agent }: StepChanges): string | undefined => {
  if (kind !== 'changed') return undefined
  const names = [
    ...fields.map(({ name }) => fieldName(name)),
    ...(agent === null ? [] : [`its agent ${agent.name}`]),
  ]
  return `Changed: ${names.join(', ')}`
}
