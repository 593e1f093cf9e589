import type { CallId } from '@maestro/contracts/ids'
import type { PlanAgent, PlanStep } from '@maestro/contracts/task/task-events'
import type { Recorder } from './recorder.ts'
import type { ProposedPlan } from './task-command.ts'

// With their previews, an agent takes up to 5 KiB and a step up to 1.5 KiB of JSON: a part stays below 64 KiB of data (I7).
const agentsPerPart = 8
const stepsPerPart = 24

/** A plan version, in as many events as its size asks for. */
export const recordPlan = (
  plan: ProposedPlan,
  {
    version,
    author,
    callId,
  }: { version: number; author: 'planner' | 'person'; callId: CallId | null },
  { record }: Recorder,
): void => {
  const chunks: { agents: readonly PlanAgent[]; steps: readonly PlanStep[] }[] = [
    ...chunksOf(plan.agents, agentsPerPart).map((agents) => ({ agents, steps: [] })),
    ...chunksOf(plan.steps, stepsPerPart).map((steps) => ({ agents: [], steps })),
  ]
  const [agents, steps] = [plan.agents, plan.steps]
  const small = agents.length <= agentsPerPart && steps.length <= stepsPerPart / 2
  const parts = small ? [{ agents, steps }] : chunks
  for (const [index, part] of parts.entries()) {
    record({
      type: 'PlanProposed',
      data: {
        version,
        hash: plan.hash,
        author,
        callId,
        part: index + 1,
        parts: parts.length,
        document: plan.document,
        // Once is enough; the first part carries it.
        rationale: index === 0 ? plan.rationale : '',
        agents: [...part.agents],
        steps: [...part.steps],
        resultStepId: plan.resultStepId,
      },
    })
  }
}

const chunksOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
