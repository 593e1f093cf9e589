import { nameOfStep, roleOf } from '@maestro/contracts/ids'
import type { PlanDraft, StepDraft } from '@maestro/contracts/task/plan-draft'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { StepMode, StepModeDraft } from '@maestro/contracts/task/step-mode'
import type { PlanShape } from './plan-shape.ts'

/** Texts were put away; the rules of graphs look at none. */
const elsewhere = '-'

/** A plan by names again, so that one validator serves drafting and edits. */
export const draftOfPlan = ({ agents, steps, resultStepId }: PlanShape): PlanDraft => ({
  agents: agents.map(({ agentId, tools }) => ({
    name: roleOf(agentId),
    prompt: elsewhere,
    description: elsewhere,
    tools,
    suggestions: [],
  })),
  steps: steps.map(stepDraftOf),
  result: nameOfStep(resultStepId),
})

const stepDraftOf = ({
  stepId,
  agentId,
  instruction: _instruction,
  needs,
  mode,
  caps: _caps,
  ...same
}: PlanStep): StepDraft => ({
  ...same,
  name: nameOfStep(stepId),
  agent: roleOf(agentId),
  instruction: elsewhere,
  needs: needs.map(nameOfStep),
  ...(mode !== undefined && { mode: modeDraftOf(mode) }),
})

const modeDraftOf = (mode: StepMode): StepModeDraft =>
  mode.kind === 'collaborative'
    ? { kind: mode.kind, agents: mode.agentIds.map(roleOf), roundsMax: mode.roundsMax }
    : mode
