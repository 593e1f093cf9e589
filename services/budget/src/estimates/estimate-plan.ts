import type { EstimateLine, EstimateQuery } from '@maestro/contracts/budget/estimate-endpoints'
import { AppError } from '@maestro/contracts/errors'
import {
  attemptsMax,
  draftCallsMax,
  draftTokensMax,
  judgeTokensMax,
  stepTokensMax,
} from '@maestro/contracts/llm/call-bounds'
import { type CallBound, estimateLine, type PricedCandidate } from './estimate-line.ts'
import { perTask } from './read-samples.ts'
import type { WorkSample } from './work-sample.ts'

/** Who may answer whom: an agent by its name, and whoever has no agent. */
export type Candidates = {
  readonly ofAgent: ReadonlyMap<string, readonly PricedCandidate[]>
  readonly ofTask: readonly PricedCandidate[]
}

/** Line by line what a task will cost. @throws {AppError} `PLAN_INVALID` where a step names no agent of the plan. */
export const estimatePlan = (
  { plan, options }: Pick<EstimateQuery, 'plan' | 'options'>,
  candidates: Candidates,
  samples: readonly WorkSample[],
): EstimateLine[] => {
  const steps = samples.filter(({ of }) => of === 'step')
  if (plan === null) {
    const drafts = perTask(samples.filter(({ of }) => of === 'drafting'))
    const common = { step: null, agent: null, candidates: candidates.ofTask }
    return [
      estimateLine({
        ...common,
        of: 'drafting',
        bounds: draftBounds(options.drafting.roundsMax),
        samples: drafts,
      }),
      estimateLine({ ...common, of: 'steps', bounds: null, samples: perTask(steps) }),
    ]
  }
  return plan.steps.map(({ step, agent, retriesMax, timesMax = 1 }) => {
    const answering = candidates.ofAgent.get(agent)
    if (answering === undefined)
      throw new AppError('PLAN_INVALID', {
        problems: [`step ${step} names the agent ${agent}, which the plan does not have`],
      })
    const calls = timesMax * (retriesMax + 1) * options.limits.turnsMax
    return estimateLine({
      of: 'step',
      step,
      agent,
      candidates: answering,
      bounds: [{ attempts: calls * attemptsMax, outputTokensMax: stepTokensMax }],
      samples: steps,
    })
  })
}

/** A round is the Planner's calls and those of its two observers. */
const draftBounds = (roundsMax: number): CallBound[] => {
  const attempts = roundsMax * draftCallsMax * attemptsMax
  return [
    { attempts, outputTokensMax: draftTokensMax },
    { attempts: 2 * attempts, outputTokensMax: judgeTokensMax },
  ]
}
