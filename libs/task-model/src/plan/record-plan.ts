import type { CallId } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { Recorder } from '../recorder.ts'
import type { ProposedPlan } from '../task-command.ts'

/** Of agents and steps in one event: with the rationale and the rest around them it stays below 64 KiB of data (I7). */
const partBytesMax = 40 * 1024

type Part = { agents: PlanAgent[]; steps: PlanStep[]; bytes: number }

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
  const parts = partsOf(plan)
  for (const [index, { agents, steps }] of parts.entries()) {
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
        agents,
        steps,
        resultStepId: plan.resultStepId,
        ...(index === 0 && plan.oneAgent !== undefined && { oneAgent: plan.oneAgent }),
      },
    })
  }
}

/** Agents first, then steps, each part filled up before the next one begins. */
const partsOf = ({ agents, steps }: ProposedPlan): readonly Part[] => {
  let part: Part = { agents: [], steps: [], bytes: 0 }
  const parts = [part]
  const roomFor = (item: PlanAgent | PlanStep): Part => {
    const bytes = encoder.encode(JSON.stringify(item)).length
    if (part.bytes > 0 && part.bytes + bytes > partBytesMax) {
      part = { agents: [], steps: [], bytes: 0 }
      parts.push(part)
    }
    part.bytes += bytes
    return part
  }
  for (const agent of agents) roomFor(agent).agents.push(agent)
  for (const step of steps) roomFor(step).steps.push(step)
  return parts
}

const encoder = new TextEncoder()
