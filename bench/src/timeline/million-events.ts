import type postgres from 'postgres'

const count = 1_000_000

/**
 * A million events of fifty thousand tasks and of budgets, in the form in which the timeline writes
 * them: with words, some of them everywhere and some of them rare. The index of words is built after
 * it, which is faster and comes to the same.
 */
export const millionEvents = async (sql: postgres.Sql): Promise<void> => {
  await sql`drop index events_by_words`
  await sql`
    insert into events (kind, subject, seq, era, type, at_ms, step_id, agent, words, body)
    select kind, subject, seq, era, type, at_ms, case when kind = 'task' then 'step_' || step end,
      agent, to_tsvector('simple', said) || array_to_tsvector(array[
        '=kind=' || kind, '=type=' || lower(type), '=actor=' || actor, '=task=' || subject,
        '=step=' || step, '=agent=' || agent]),
      json_build_object('specversion', '1.0', 'id', subject || ':' || seq, 'source', '/maestro/bench',
        'type', 'maestro.' || type, 'subject', subject, 'time', '2026-01-01T00:00:00.000Z',
        'datacontenttype', 'application/json', 'seq', seq,
        'data', json_build_object('reason', said,
          'actor', json_build_object('kind', 'person', 'id', actor)))::text
    from (
      select *, case when kind = 'task' then 0 else at_ms end as era,
        'the step said token' || (i % 50000) || ' and waited for its turn'
          || case when i % 500 = 0 then ' rate limited' else '' end
          || case when i % 900 = 0 then ' until its budget is used up' else '' end
          || case when i % 3000 = 0 then ' with a timeout' else '' end as said
      from (
        select i, case when i % 50 = 0 then 'budget' else 'task' end as kind,
          case when i % 50 = 0 then 'budget.b' || (i % 400) else 'task_b' || (i / 20) end as subject,
          case when i % 50 = 0 then i else i % 20 + 1 end as seq,
          case when i % 400 = 7 then 'StepFailed'
            else (array['StepQueued', 'StepStarted', 'CallFinished', 'StepFinished'])[i % 4 + 1]
          end as type,
          1700000000000 + i::bigint * 1000 as at_ms,
          (array['ada', 'bob', 'orchestrator'])[i % 3 + 1] as actor,
          (array['read', 'write', 'check', 'send'])[i % 4 + 1] as step,
          (array['worker', 'critic'])[i % 2 + 1] as agent
        from generate_series(1, ${count}::int) as i) as drawn) as told`
  await sql`create index events_by_words on events using gin (words)`
  await sql`analyze events`
}
