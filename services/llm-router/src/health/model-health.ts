import { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { KeyId } from '@maestro/contracts/llm/key-id'
import type { ModelHealth } from '@maestro/contracts/llm/model-health'
import type { ProviderGate } from '../call/admit.ts'
import { subjectOfScope, subjectScope } from '../conditions/condition-news.ts'
import { type Headroom, leftAt, type Quota } from '../conditions/headroom.ts'
import { stateOf } from '../strategy/decide-order.ts'
import type { ConditionSubject, ProviderEntry } from '../strategy/list-candidates.ts'

/** More models than anybody uses at one provider; the rest is left out. */
const modelsMax = 32

/** How the models of a provider do: its default one, and those that were asked lately, with the keys of the one who looks. */
export const modelsHealth = (
  { provider, model, keyIds }: ProviderEntry,
  gate: ProviderGate,
): ModelHealth[] => {
  const keys: readonly (KeyId | null)[] = keyIds.length === 0 ? [null] : keyIds
  const own = model === '' ? [] : keys.map((keyId) => ({ provider, model, keyId }))
  const asked = gate.statistics.scopes().flatMap((scope): ConditionSubject[] => {
    const subject = subjectOfScope(scope)
    if (subject === null || subject.model === null || subject.provider !== provider) return []
    return keys.includes(subject.keyId) ? [{ ...subject, model: subject.model }] : []
  })
  const subjects = new Map([...own, ...asked].map((subject) => [subjectScope(subject), subject]))
  return [...subjects.values()].slice(0, modelsMax).map((subject) => healthOf(subject, gate))
}

const healthOf = (
  subject: ConditionSubject,
  { conditions, statistics, places }: ProviderGate,
): ModelHealth => {
  const scope = subjectScope(subject)
  const condition = conditions.of(subject)
  const { calls, failures, latencyMs, firstTokenMs } = statistics.figures(scope)
  const failed = [...failures].reduce((sum, [, count]) => sum + count, 0)
  const untilMs = condition.state === 'ready' ? null : condition.untilMs
  const headroom = statistics.headroom(scope)
  return {
    model: subject.model,
    keyId: subject.keyId,
    state: stateOf(condition, places.isFull(subject)),
    until: untilMs === null ? null : new Date(untilMs).toISOString(),
    reason: condition.state === 'ready' ? '' : condition.reason,
    calls,
    callsInFlight: statistics.callsInFlight(scope),
    failures: [...failures].flatMap(([name, count]) => {
      const failureClass = FailureClass.safeParse(name)
      return failureClass.success ? [{ failureClass: failureClass.data, calls: count }] : []
    }),
    failureShare: calls === 0 ? 0 : failed / calls,
    latencyMs,
    firstTokenMs,
    headroom: headroom === null ? null : quotasOf(headroom, Date.now()),
  }
}

const quotasOf = (headroom: Headroom, nowMs: number): ModelHealth['headroom'] => {
  const { seenAtMs, requests, tokens } = headroom
  const left = (quota: Quota | null) =>
    quota === null
      ? null
      : {
          limit: quota.limit,
          left: Math.floor(leftAt(quota, seenAtMs, nowMs)),
          fullAt: new Date(quota.fullAtMs).toISOString(),
        }
  return { requests: left(requests), tokens: left(tokens) }
}
