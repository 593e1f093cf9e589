import type { CallStatistics } from '../conditions/call-statistics.ts'
import { saysSomething, subjectScope } from '../conditions/condition-news.ts'
import type { Headroom } from '../conditions/headroom.ts'
import type { ProviderConditions, Trial } from '../conditions/provider-conditions.ts'
import { trialLeaseMs } from '../conditions/breaker.ts'
import type { Places } from '../places/places.ts'
import type { ProviderLimits } from '../providers/provider-limits.ts'
import type { Candidate, ConditionSubject } from '../strategy/list-candidates.ts'
import type { AttemptOutcome } from './make-attempt.ts'

/** Three times per lease: one may be late. */
const keepTrialEveryMs = Math.floor(trialLeaseMs / 3)

/** What a call goes through on its way to a provider and back. */
export type ProviderGate = {
  conditions: ProviderConditions
  statistics: CallStatistics
  places: Places
}

/** A call's way to one provider: its place there, and the trial, if it is one. */
export type Admission = {
  /** Learns from what the attempt came to, and frees what it held. Null: it broke on our side. */
  end: (outcome: AttemptOutcome | null) => void
}

/** Null: there is no place, it is not ready any more, or another call has the trial. What is known then is newer than the decision. */
export const admit = async (
  { conditions, statistics, places }: ProviderGate,
  candidate: Candidate,
  { signal, waitMs }: { signal: AbortSignal; waitMs: number },
): Promise<Admission | null> => {
  const leave = await places.enter(candidate, { signal, waitMs })
  if (leave === null) return null
  // It may have waited since it was decided.
  const condition = conditions.of(candidate)
  const isTrial = condition.state === 'ready' && condition.isTrial === true
  const trial = isTrial ? await conditions.claimTrial(candidate) : null
  if (condition.state !== 'ready' || (isTrial && trial === null)) {
    leave()
    return null
  }
  const scope = subjectScope(candidate)
  const over = statistics.begin(scope)
  const keeping = trial === null ? undefined : setInterval(trial.keep, keepTrialEveryMs)
  return {
    end: (outcome) => {
      clearInterval(keeping)
      over()
      leave()
      learnFrom({ conditions, statistics }, { subject: candidate, scope, trial, outcome })
    },
  }
}

const learnFrom = (
  { conditions, statistics }: Pick<ProviderGate, 'conditions' | 'statistics'>,
  {
    subject,
    scope,
    trial,
    outcome,
  }: {
    subject: ConditionSubject
    scope: string
    trial: Trial | null
    outcome: AttemptOutcome | null
  },
): void => {
  const trialId = trial?.id ?? null
  if (outcome?.kind === 'answered') {
    const { result, latencyMs, firstTokenMs } = outcome
    conditions.answered(subject, trialId)
    statistics.add(scope, { outcome: 'answered', latencyMs, firstTokenMs })
    if (result.limits !== undefined) statistics.see(scope, headroomOf(result.limits, Date.now()))
    return
  }
  if (outcome?.kind !== 'failed') {
    trial?.drop()
    return
  }
  const { failure, latencyMs } = outcome
  conditions.learn(subject, failure, trialId)
  if (saysSomething(failure)) {
    statistics.add(scope, { outcome: failure.failureClass, latencyMs, firstTokenMs: null })
  }
  const condition = conditions.of(subject)
  if (failure.limits !== null) {
    statistics.see(scope, headroomOf(failure.limits, Date.now()))
  } else if (condition.state === 'cooling' && condition.isBroken !== true) {
    // Gemini says only that nothing is left, and until when.
    const requests = { limit: 1, left: 0, fullAtMs: condition.untilMs }
    statistics.see(scope, { seenAtMs: Date.now(), requests, tokens: null })
  }
}

const headroomOf = ({ requests, tokens }: ProviderLimits, nowMs: number): Headroom => {
  const quotaOf = (limit: ProviderLimits['requests']) =>
    limit === null
      ? null
      : { limit: limit.limit, left: limit.left, fullAtMs: nowMs + limit.resetMs }
  return { seenAtMs: nowMs, requests: quotaOf(requests), tokens: quotaOf(tokens) }
}
