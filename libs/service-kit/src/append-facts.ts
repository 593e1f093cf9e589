import type { ToldFactKind } from '@maestro/contracts/bus/fact-endpoints'
import type { Transaction } from './database.ts'

export type Fact = {
  kind: ToldFactKind
  /** Of the thing that it is about; together with `kind` the subject. */
  id: string
  /** Past tense, without `maestro.`. */
  type: string
  data: Record<string, unknown>
  at: Date
  traceparent?: string | undefined
}

/**
 * Writes facts in the transaction of what they tell of (I3); `startFactRelay` publishes them. Numbers
 * are dense per subject. Call it last in a transaction: it locks the heads of its subjects.
 */
export const appendFacts = async (
  transaction: Transaction,
  facts: readonly Fact[],
): Promise<void> => {
  if (facts.length === 0) return
  const bySubject = Map.groupBy(facts, ({ kind, id }) => `${kind}.${id}`)
  // Ordered, so that two transactions with the same subjects cannot wait for each other.
  const subjects = [...bySubject.keys()].sort()
  const heads = await transaction<{ subject: string; seq: number }[]>`
    insert into fact_heads as head (subject, seq)
    select * from unnest(${subjects}::text[], ${subjects.map((subject) => bySubject.get(subject)?.length ?? 0)}::int[])
    on conflict (subject) do update set seq = head.seq + excluded.seq
    returning subject, seq`
  const rows = heads.flatMap(({ subject, seq }) => {
    const group = bySubject.get(subject) ?? []
    return group.map((fact, index) => ({ ...fact, subject, seq: seq - group.length + index + 1 }))
  })
  await transaction`
    insert into facts (subject, seq, type, data, at, traceparent)
    select subject, seq, type, data::jsonb, at, traceparent from unnest(
      ${rows.map((row) => row.subject)}::text[], ${rows.map((row) => row.seq)}::int[],
      ${rows.map((row) => row.type)}::text[], ${rows.map((row) => JSON.stringify(row.data))}::text[],
      ${rows.map((row) => row.at.toISOString())}::timestamptz[],
      ${rows.map((row) => row.traceparent ?? null)}::text[]
    ) as fact (subject, seq, type, data, at, traceparent)`
}
