import type { providerEventData, ToldState } from '@maestro/contracts/llm/provider-events'
import { appendFacts } from '@maestro/service-kit/append-facts'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import type { z } from 'zod'
import type { ConditionChange } from './condition-board.ts'
import { subjectOfScope } from './condition-news.ts'
import type { ConditionRecord } from './condition-record.ts'

type StateChange = z.infer<typeof providerEventData.ProviderStateChanged>

const toldStateOf = ({ off, cooldown, breaker }: ConditionRecord): ToldState => {
  if (off !== null) return 'off'
  if (breaker.state !== 'closed') return 'broken'
  return cooldown?.isForTheDay === true ? 'cooling' : 'ready'
}

/** Null: nothing that people are told of. */
export const stateChangeOf = ({ scope, before, after }: ConditionChange): StateChange | null => {
  const [from, to] = [toldStateOf(before), toldStateOf(after)]
  const subject = subjectOfScope(scope)
  if (from === to || subject === null) return null
  const untilMs = {
    ready: null,
    cooling: after.cooldown?.untilMs ?? null,
    broken: after.breaker.state === 'closed' ? null : after.breaker.untilMs,
    off: after.off?.untilMs ?? null,
  }[to]
  const reason = {
    ready: '',
    cooling: after.cooldown?.reason ?? '',
    broken: 'it failed too often in a row',
    off: after.off?.reason ?? '',
  }[to]
  const until = untilMs === null ? null : new Date(untilMs).toISOString()
  return { ...subject, from, to, reason, until }
}

/** Tells of a change that this worker made: since only one can make it, it is told once. */
export const tellStateChanges =
  ({ sql, log }: { sql: Sql; log: Logger }) =>
  (change: ConditionChange): void => {
    const data = stateChangeOf(change)
    if (data === null) return
    const { provider: id, model, keyId, from, to } = data
    log.info({ provider: id, model, keyId, from, to }, 'a provider changed its state')
    const type = 'ProviderStateChanged'
    sql
      .begin((transaction) =>
        appendFacts(transaction, [{ kind: 'provider', id, type, data, at: new Date() }]),
      )
      // The state itself is known; only the news of it are lost, and the line above has them.
      .catch((error: unknown) => log.warn({ err: error, provider: id }, 'a change was not told'))
  }
