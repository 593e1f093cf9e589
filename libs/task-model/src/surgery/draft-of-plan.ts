import { nameOfStep, roleOf } from '@maestro/contracts/ids'
import type { PlanDraft, StepDraft, SubPlanDraft } from '@maestro/contracts/task/plan-draft'
import type { PlanStep, SubPlan } from '@maestro/contracts/task/plan-step'
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
  subPlan,
  ...same
}: PlanStep): StepDraft => ({
  ...same,
  name: nameOfStep(stepId),
  agent: roleOf(agentId),
  instruction: elsewhere,
  needs: needs.map(nameOfStep),
  ...(mode !== undefined && { mode: modeDraftOf(mode) }),
  ...(subPlan !== undefined && { subPlan: subPlanDraftOf(subPlan) }),
})

/** What stands is no deeper than a plan may be, which the type of a draft says level by level. */
const subPlanDraftOf = ({ steps, resultStepId }: SubPlan) =>
  ({ steps: steps.map(stepDraftOf), result: nameOfStep(resultStepId) }) as SubPlanDraft

const modeDraftOf = (mode: StepMode): StepModeDraft =>
  mode.kind === 'collaborative'
    ? { kind: mode.kind, agents: mode.agentIds.map(roleOf), roundsMax: mode.roundsMax }
    : mode
