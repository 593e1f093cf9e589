import { CallFacts } from '@maestro/contracts/llm/call-facts'
import { CallId } from '@maestro/contracts/ids'
import { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { z } from 'zod'
import { decideReuse } from './decide-reuse.ts'

export type CacheQuestion = { key: string; callId: CallId; notBefore: Date }

export type CacheReply =
  | {
      kind: 'answered'
      callId: CallId
      answeredAt: Date
      answerRef: PayloadRef
      facts: CallFacts
    }
  | { kind: 'wait'; for: CallId | null }
  | { kind: 'lead' }

const Row = z.object({
  key: z.string(),
  boughtId: CallId.nullable(),
  boughtAt: z.date().nullable(),
  boughtRef: PayloadRef.nullable(),
  boughtFacts: CallFacts.nullable(),
  leaderId: CallId.nullable(),
  leaderAt: z.date().nullable(),
  leaderRef: PayloadRef.nullable(),
  leaderFacts: CallFacts.nullable(),
  leaderIsRunning: z.boolean(),
})
type Row = z.infer<typeof Row>

/**
 * Asks for the answers of keys, or for the lead in buying them. The rows are locked before they are
 * judged, and judged by what was committed until then: of two calls that come at the same moment, at
 * whichever workers, one leads and the other waits for it.
 */
export const askCache =
  (sql: Sql) =>
  async (questions: readonly CacheQuestion[]): Promise<readonly CacheReply[]> => {
    // One question per key: the next ones look again, when the first one has led or taken.
    const first = new Map<string, CacheQuestion>()
    for (const question of questions)
      if (!first.has(question.key)) first.set(question.key, question)
    const replies = await sql.begin((transaction) => judge(transaction, [...first.values()]))
    return questions.map((question) => {
      const isFirst = first.get(question.key) === question
      return (isFirst ? replies.get(question.key) : undefined) ?? { kind: 'wait', for: null }
    })
  }

const judge = async (
  transaction: Transaction,
  questions: readonly CacheQuestion[],
): Promise<ReadonlyMap<string, CacheReply>> => {
  const keys = questions.map(({ key }) => key).sort()
  // Sent together, run one after the other; the last one sees all that was committed before the locks were ours.
  const [, , rows] = await Promise.all([
    transaction`
      insert into cached_answers (key) select key from unnest(${keys}::text[]) as asked (key) order by key
      on conflict (key) do nothing`,
    transaction`
      select key from cached_answers where key = any(${keys}::text[]) order by key for update`,
    transaction`
      select entry.key, bought.call_id as "boughtId", bought.finished_at as "boughtAt",
        bought.answer_ref as "boughtRef", bought.facts as "boughtFacts",
        leader.call_id as "leaderId", leader.finished_at as "leaderAt",
        case when leader.state = 'answered' then leader.answer_ref end as "leaderRef",
        leader.facts as "leaderFacts",
        coalesce(leader.state = 'running' and leader.lease_until > now(), false) as "leaderIsRunning"
      from cached_answers entry
      left join calls bought on bought.call_id = entry.call_id and bought.state = 'answered'
      left join calls leader on leader.call_id = entry.leader_call_id
      where entry.key = any(${keys}::text[])`,
  ])
  const byKey = new Map(rows.map((row) => [String(row['key']), Row.parse(row)]))
  const replies = new Map<string, CacheReply>()
  const leads: { key: string; leader: CallId; keeps: CallId | null }[] = []
  for (const { key, callId, notBefore } of questions) {
    const row = byKey.get(key)
    if (row === undefined) continue
    const decision = decideReuse({ callId, notBefore, ...knownOf(row) })
    if (decision.do === 'take') replies.set(key, answeredBy(row, decision.from.callId))
    else if (decision.do === 'wait') replies.set(key, { kind: 'wait', for: decision.for })
    else {
      replies.set(key, { kind: 'lead' })
      leads.push({ key, leader: callId, keeps: decision.keeps?.callId ?? null })
    }
  }
  await Promise.all([
    transaction`update cached_answers set used_at = now() where key = any(${keys}::text[])`,
    ...(leads.length > 0 ? [lead(transaction, leads)] : []),
  ])
  return replies
}

const lead = (
  transaction: Transaction,
  leads: readonly { key: string; leader: CallId; keeps: CallId | null }[],
) => transaction`
  update cached_answers set leader_call_id = led.leader, call_id = led.keeps
  from unnest(
    ${leads.map(({ key }) => key)}::text[], ${leads.map(({ leader }) => leader)}::text[],
    ${leads.map(({ keeps }) => keeps)}::text[]
  ) as led (key, leader, keeps)
  where cached_answers.key = led.key`

/** An answer that was itself taken from the cache is as old as the one it was taken from, and no answer of its own. */
const isOwn = (facts: CallFacts | null): boolean => facts !== null && facts.cached === undefined

const knownOf = ({ boughtId, boughtAt, leaderId, leaderAt, ...row }: Row) => ({
  bought:
    boughtId === null || boughtAt === null ? null : { callId: boughtId, answeredAt: boughtAt },
  leader:
    leaderId === null
      ? null
      : {
          callId: leaderId,
          answeredAt: row.leaderRef !== null && isOwn(row.leaderFacts) ? leaderAt : null,
          isRunning: row.leaderIsRunning,
        },
})

const answeredBy = (row: Row, callId: CallId): CacheReply => {
  const [answeredAt, answerRef, facts] =
    row.leaderId === callId
      ? [row.leaderAt, row.leaderRef, row.leaderFacts]
      : [row.boughtAt, row.boughtRef, row.boughtFacts]
  // Whoever is taken from has answered: the row says so, else it would not have been chosen.
  if (answeredAt === null || answerRef === null || facts === null) return { kind: 'lead' }
  return { kind: 'answered', callId, answeredAt, answerRef, facts }
}
