import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Transaction } from '@maestro/service-kit/database'
import { agentsOfPlans } from './agents-of-plan.ts'
import { callRowOf } from './call-row.ts'
import { type EventRow, eventRowOf } from './event-row.ts'
import { lifeOfTask } from './life-of-task.ts'
import { placeInSql } from '@maestro/task-model/plan/place-of-step'

export type WrittenHead = { taskId: string; head: number; seen: number }

type Group = { rows: readonly EventRow[]; events: readonly CloudEvent[] }

// Invariants:
// W1. Locks of tasks are taken in the order of their ids, before anything is counted: what another
//     copy writes to them is there, or waits.
// W2. A task whose events were removed by retention takes none any more, nor what is made of them.
// W3. All of a group is written, or nothing of it: its figures and its events cannot disagree.

/** Writes each event once, whatever was written before. Returns where the tasks stand after it. */
export const writeEvents = async (
  transaction: Transaction,
  events: readonly CloudEvent[],
): Promise<readonly WrittenHead[]> => {
  const group: Group = groupOf(events)
  if (group.rows.length === 0) return []
  const ofTasks = Map.groupBy(
    group.events.filter(({ subject }) => subject.startsWith('task_')),
    ({ subject }) => subject,
  )
  const taskIds = [...ofTasks.keys()].toSorted()
  // Sent together on one connection: a round trip for all of them.
  const [, , , , , , , heads] = await Promise.all([
    planOnce(transaction),
    transaction`
      insert into task_heads (task_id, head, seen)
      select task_id, 0, 0 from unnest(${textArray(taskIds)}::text::text[]) as w(task_id)
      on conflict (task_id) do nothing`,
    transaction`
      select 1 from task_heads where task_id = any(${textArray(taskIds)}::text::text[])
      order by task_id for update`,
    writeAgents(transaction, group),
    writeRows(transaction, group),
    writeCalls(transaction, group),
    nameAgents(transaction, group),
    moveHeads(transaction, taskIds, ofTasks),
  ])
  return heads
}

/**
 * Else these statements are planned anew for each group, over eight partitions: longer than they run. Only here: what
 * a search looks for decides how it is best found.
 */
const planOnce = (transaction: Transaction) =>
  // A plan that was made while a table was empty would read all of it for as long as the connection lives.
  transaction`select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)`

const groupOf = (events: readonly CloudEvent[]): Group => {
  const known = events.flatMap((event) => {
    const row = eventRowOf(event)
    return row === null ? [] : [{ row, event }]
  })
  return { rows: known.map(({ row }) => row), events: known.map(({ event }) => event) }
}

/** A plan that comes late names only steps that no newer one named: it may be a part of a plan whose other parts are here. */
const writeAgents = (transaction: Transaction, { events }: Group) => {
  const agents = agentsOfPlans(events)
  // Hardly any group has a plan in it.
  if (agents.length === 0) return null
  return transaction`
    with w as materialized (
      select * from unnest(
        ${textArray(agents.map(({ taskId }) => taskId))}::text::text[],
        ${numberArray(agents.map(({ seq }) => seq))}::text::int[],
        ${textArray(agents.map(({ step }) => step))}::text::text[],
        ${textArray(agents.map(({ agent }) => agent))}::text::text[]
      ) as w(task_id, seq, step, agent)
      where not exists (
        select 1 from task_heads h where h.task_id = w.task_id and h.pruned_at_ms is not null)),
    older as materialized (
      select p.task_id, p.seq from (select distinct task_id, seq from w) p
      cross join lateral (
        select 1 from events e where e.subject = p.task_id and e.seq > p.seq
          and e.type in ('PlanProposed', 'PlanEdited') limit 1) newer)
    insert into step_agents (task_id, step, agent)
    select w.task_id, w.step, w.agent from w
    left join older o on o.task_id = w.task_id and o.seq = w.seq
    left join step_agents known on known.task_id = w.task_id and known.step = w.step
    where o.seq is null or known.agent is null
    on conflict (task_id, step) do update set agent = excluded.agent`
}

const writeRows = (transaction: Transaction, { rows }: Group) => {
  const texts = (name: keyof EventRow) =>
    textArray(rows.map((row) => (row[name] === null ? null : String(row[name]))))
  const numbers = (name: 'seq' | 'era' | 'atMs') => numberArray(rows.map((row) => row[name]))
  return transaction`
    insert into events (kind, subject, seq, era, type, at_ms, step_id, agent, words, body)
    select w.kind, w.subject, w.seq, w.era, w.type, w.at_ms, w.step_id, coalesce(w.agent, a.agent),
      to_tsvector('simple', w.text) || array_to_tsvector(string_to_array(w.facets
        || case when w.agent is null and a.agent is not null
             then E'\n=agent=' || a.agent else '' end, E'\n')),
      w.body
    from unnest(
      ${texts('kind')}::text::text[], ${texts('subject')}::text::text[],
      ${numbers('seq')}::text::int[], ${numbers('era')}::text::bigint[],
      ${texts('type')}::text::text[], ${numbers('atMs')}::text::bigint[],
      ${texts('stepId')}::text::text[], ${texts('step')}::text::text[],
      ${texts('agent')}::text::text[], ${texts('text')}::text::text[],
      ${texts('facets')}::text::text[], ${texts('body')}::text::text[]
    ) as w(kind, subject, seq, era, type, at_ms, step_id, step, agent, text, facets, body)
    left join step_agents a on a.task_id = w.subject and a.step = w.step
    where not exists (
      select 1 from task_heads h where h.task_id = w.subject and h.pruned_at_ms is not null)
    on conflict (subject, seq, era) do nothing`
}

const writeCalls = (transaction: Transaction, { events }: Group) => {
  const calls = events.flatMap((event) => callRowOf(event) ?? [])
  if (calls.length === 0) return null
  const texts = (name: keyof (typeof calls)[number]) =>
    textArray(calls.map((call) => (call[name] === null ? null : String(call[name]))))
  const numbers = (
    name:
      | 'seq'
      | 'atMs'
      | 'lost'
      | 'retries'
      | 'fallbacks'
      | 'inputTokens'
      | 'outputTokens'
      | 'costNanoUsd'
      | 'latencyMs',
  ) => numberArray(calls.map((call) => call[name]))
  return transaction`
    insert into calls (task_id, seq, at_ms, agent, provider, model, outcome, reused, lost, retries,
      fallbacks, input_tokens, output_tokens, cost_nano_usd, latency_ms)
    select w.task_id, w.seq, w.at_ms, coalesce(w.role, a.agent), w.provider, w.model, w.outcome,
      w.reused, w.lost, w.retries, w.fallbacks, w.input_tokens, w.output_tokens, w.cost, w.latency
    from unnest(
      ${texts('taskId')}::text::text[], ${numbers('seq')}::text::int[],
      ${numbers('atMs')}::text::bigint[], ${texts('step')}::text::text[],
      ${texts('role')}::text::text[], ${texts('provider')}::text::text[],
      ${texts('model')}::text::text[], ${texts('outcome')}::text::text[],
      ${texts('reused')}::text::bool[], ${numbers('lost')}::text::int[],
      ${numbers('retries')}::text::int[], ${numbers('fallbacks')}::text::int[],
      ${numbers('inputTokens')}::text::bigint[], ${numbers('outputTokens')}::text::bigint[],
      ${numbers('costNanoUsd')}::text::bigint[], ${numbers('latencyMs')}::text::bigint[]
    ) as w(task_id, seq, at_ms, step, role, provider, model, outcome, reused, lost, retries,
      fallbacks, input_tokens, output_tokens, cost, latency)
    left join step_agents a on a.task_id = w.task_id and a.step = w.step
    where not exists (
      select 1 from task_heads h where h.task_id = w.task_id and h.pruned_at_ms is not null)
    on conflict (task_id, seq) do nothing`
}

/** A plan that came after what it tells of, as events that come again may: their agents are filled in. */
const nameAgents = (transaction: Transaction, { events }: Group) => {
  const taskIds = [...new Set(agentsOfPlans(events).map(({ taskId }) => taskId))]
  if (taskIds.length === 0) return null
  return transaction`
    update events e
    set agent = a.agent, words = e.words || array_to_tsvector(array['=agent=' || a.agent])
    from step_agents a
    where e.subject = any(${textArray(taskIds)}::text::text[]) and e.agent is null
      and e.step_id is not null and a.task_id = e.subject
      and a.step = regexp_replace(regexp_replace(substr(e.step_id, 6),
        ${placeInSql.repeated}::text, '', 'g'), ${placeInSql.held}::text, '_p-', 'g')`
}

const moveHeads = (
  transaction: Transaction,
  taskIds: readonly string[],
  ofTasks: ReadonlyMap<string, readonly CloudEvent[]>,
) => {
  const tasks = taskIds.map((taskId) => {
    const events = ofTasks.get(taskId) ?? []
    return { seen: Math.max(...events.map(({ seq }) => seq)), ...lifeOfTask(events) }
  })
  const orNull = (values: readonly (number | null)[]) =>
    textArray(values.map((value) => (value === null ? null : String(value))))
  // The head moves to the end of the run that follows it, if one does: only what lies beyond it is
  // looked at, so that a long history costs no more than a short one.
  return transaction<WrittenHead[]>`
    update task_heads t
    set seen = greatest(t.seen, w.seen), title = coalesce(t.title, w.title),
      created_at_ms = coalesce(t.created_at_ms, w.created_at_ms),
      outcome = coalesce(t.outcome, w.outcome), ended_at_ms = coalesce(t.ended_at_ms, w.ended_at_ms),
      imported_at_ms = greatest(t.imported_at_ms, w.imported_at_ms), written_at_ms = ${Date.now()},
      head = case
        when exists (select 1 from events f where f.subject = t.task_id and f.seq = t.head + 1)
        then (
          select max(run.seq) from (
            select e.seq, e.seq - row_number() over (order by e.seq) as before_it from events e
            where e.subject = t.task_id and e.seq > t.head) run
          where run.before_it = t.head)
        else t.head end
    from unnest(
      ${textArray(taskIds)}::text::text[], ${numberArray(tasks.map(({ seen }) => seen))}::text::int[],
      ${textArray(tasks.map(({ title }) => title))}::text::text[],
      ${orNull(tasks.map(({ createdAtMs }) => createdAtMs))}::text::bigint[],
      ${textArray(tasks.map(({ outcome }) => outcome))}::text::text[],
      ${orNull(tasks.map(({ endedAtMs }) => endedAtMs))}::text::bigint[],
      ${orNull(tasks.map(({ importedAtMs }) => importedAtMs))}::text::bigint[]
    ) as w(task_id, seen, title, created_at_ms, outcome, ended_at_ms, imported_at_ms)
    where t.task_id = w.task_id and t.pruned_at_ms is null
    returning t.task_id as "taskId", t.head, t.seen`
}
