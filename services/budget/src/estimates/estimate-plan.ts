import type {
  EstimateLine,
  EstimateQuery,
  PlannedPiece,
} from '@maestro/contracts/budget/estimate-endpoints'
import { AppError } from '@maestro/contracts/errors'
import {
  attemptsMax,
  draftCallsMax,
  draftTokensMax,
  judgeTokensMax,
  observeTokensMax,
  stepTokensMax,
} from '@maestro/contracts/llm/call-bounds'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { JudgeOptions } from '@maestro/contracts/task/result-judgement'
import { type CallBound, estimateLine, type PricedCandidate } from './estimate-line.ts'
import { sumOfLines, timesLine, timesOf, worstOfLines } from './lines-together.ts'
import { perTask } from './read-samples.ts'
import type { WorkSample } from './work-sample.ts'

/** Who may answer whom: an agent by its name, and whoever has no agent. */
export type Candidates = {
  readonly ofAgent: ReadonlyMap<string, readonly PricedCandidate[]>
  readonly ofTask: readonly PricedCandidate[]
  /** Of a task whose results are judged. */
  readonly ofJudge: readonly PricedCandidate[]
}

/** Line by line what a task will cost. @throws {AppError} `PLAN_INVALID` where a step names no agent of the plan. */
export const estimatePlan = (
  { plan, options }: Pick<EstimateQuery, 'plan' | 'options'>,
  candidates: Candidates,
  samples: readonly WorkSample[],
): EstimateLine[] => {
  const steps = samples.filter(({ of }) => of === 'step')
  const judge =
    options.judge === undefined
      ? []
      : [
          judgeLine(
            options.judge,
            candidates.ofJudge,
            perTask(samples.filter(({ of }) => of === 'judge')),
          ),
        ]
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
      ...judge,
    ]
  }
  return [
    ...plan.steps.map((step) => stepLine(step, { options, candidates, samples: steps })),
    ...judge,
  ]
}

type Known = {
  readonly options: EstimateQuery['options']
  readonly candidates: Candidates
  readonly samples: readonly WorkSample[]
}

type PlannedStep = NonNullable<EstimateQuery['plan']>['steps'][number]

/** A step with all that it holds and all that it may become, in one line. */
const stepLine = ({ step, holds, ...own }: PlannedStep, known: Known): EstimateLine => {
  const pieces = (holds ?? [own]).map((piece) => pieceLine(step, piece, known))
  const lines = holds === undefined ? pieces : pieces.map((line) => oftenLine(line, own))
  return { ...sumOfLines(lines), step, agent: own.agent }
}

/**
 * One piece of work. At worst each turn of each attempt is that of the dearest who takes part; expected is
 * that everybody who takes part does once what they did before.
 */
const pieceLine = (step: string, piece: PlannedPiece, known: Known): EstimateLine => {
  const { options, candidates, samples } = known
  const { agent, retriesMax, reviewers = [] } = piece
  const answeringOf = (name: string) => {
    const answering = candidates.ofAgent.get(name)
    if (answering !== undefined) return answering
    throw new AppError('PLAN_INVALID', {
      problems: [`step ${step} names the agent ${name}, which the plan does not have`],
    })
  }
  const turnsMax = Math.min(piece.turnsMax ?? options.limits.turnsMax, options.limits.turnsMax)
  const attempts = (retriesMax + 1) * turnsMax * attemptsMax
  const bounds = [{ attempts, outputTokensMax: stepTokensMax }]
  const lineOf = (name: string) =>
    estimateLine({
      of: 'step',
      step,
      agent: name,
      candidates: answeringOf(name),
      bounds,
      samples,
    })
  const own = lineOf(agent)
  const others = reviewers.map(lineOf)
  const worst = worstOfLines([own, ...others])
  // What a role did before has its own judging in it already.
  const first = piece.isRefined === true && own.basis !== 'role' ? timesLine(own, 2) : own
  const together = others.length === 0 ? first : sumOfLines([first, ...others])
  return oftenLine({ ...together, worstNanoUsd: worst }, piece)
}

/** Without a word on it, a condition holds as often as it does not. */
const conditionHolds = 0.5

/** A line of what runs as often as this says. Where the worst is expected, it is so for all times. */
const oftenLine = (
  line: EstimateLine,
  { timesMax = 1, timesExpected = 1, isConditional }: Omit<PlannedPiece, 'agent'>,
): EstimateLine => {
  const worstNanoUsd = timesOf(line.worstNanoUsd, timesMax)
  if (line.basis === 'bounds') return { ...line, worstNanoUsd, expectedNanoUsd: worstNanoUsd }
  const share = timesExpected * (isConditional === true ? conditionHolds : 1)
  return { ...timesLine(line, share), worstNanoUsd }
}

/** Code holds the judge to calls and to money of its own. What is in flight may exceed the money by one call. */
const judgeLine = (
  { callsMax, costNanoUsd }: JudgeOptions,
  candidates: readonly PricedCandidate[],
  samples: readonly WorkSample[],
): EstimateLine => {
  const outputTokensMax = observeTokensMax
  const lineOf = (calls: number) =>
    estimateLine({
      of: 'judge',
      step: null,
      agent: null,
      candidates,
      bounds: [{ attempts: calls * attemptsMax, outputTokensMax }],
      samples,
    })
  const line = lineOf(callsMax)
  const one = lineOf(1).worstNanoUsd
  const byMoney = one === null ? null : nanoUsd(costNanoUsd + one)
  const { worstNanoUsd: byCalls, expectedNanoUsd: expected } = line
  const worst = byCalls === null || byMoney === null ? byMoney : nanoUsd(Math.min(byCalls, byMoney))
  const least = expected === null || worst === null ? expected : Math.min(expected, worst)
  return { ...line, worstNanoUsd: worst, expectedNanoUsd: least === null ? null : nanoUsd(least) }
}

/** A round is the Planner's calls and those of its two observers. */
const draftBounds = (roundsMax: number): CallBound[] => {
  const attempts = roundsMax * draftCallsMax * attemptsMax
  return [
    { attempts, outputTokensMax: draftTokensMax },
    { attempts: 2 * attempts, outputTokensMax: judgeTokensMax },
  ]
}
