import type postgres from 'postgres'

const count = 1_000_000
/** As full as the timeline lets its segments become. */
const linesPerSegment = 125_000

/**
 * A million lines of six services about fifty thousand tasks, in the form in which the timeline writes
 * them. The index of words is built after it, which is faster and comes to the same.
 */
export const millionLines = async (sql: postgres.Sql): Promise<void> => {
  await sql`drop index logs_by_words`
  await sql`
    insert into logs (segment, instance, seq, at_ms, agent, words, body)
    select (i - 1) / ${linesPerSegment}::int, 'bench', i, at_ms, agent,
      to_tsvector('simple', said) || array_to_tsvector(array[
        '=level=info', '=service=' || service, '=copy=' || service || '-1', '=task=' || task,
        '=step=' || step, '=step=step_' || step, '=agent=' || agent])
        || case when level >= 40 then array_to_tsvector(array['=level=warn']) else ''::tsvector end
        || case when level >= 50 then array_to_tsvector(array['=level=error']) else ''::tsvector end,
      json_build_object('level', level, 'time', '2026-01-01T00:00:00.000Z', 'service', service,
        'copy', service || '-1', 'taskId', task, 'stepId', 'step_' || step, 'attempt', 1,
        'msg', said)::text
    from (
      select *, case when level = 30 then 'step started' else 'step failed' end
        || ' token' || (i % 50000)
        || case when i % 900 = 0 then ' because its budget is used up' else '' end
        || case when i % 3000 = 0 then ' after a timeout' else '' end as said
      from (
        select i, 1700000000000 + i::bigint * 1000 as at_ms, 'task_b' || (i / 20) as task,
          case when i % 5000 = 9 then 50 when i % 100 = 9 then 40 else 30 end as level,
          (array['gateway', 'llm-router', 'orchestrator', 'scheduler', 'budget', 'timeline'])
            [i % 6 + 1] as service,
          (array['read', 'write', 'check', 'send'])[i % 4 + 1] as step,
          (array['worker', 'critic'])[i % 2 + 1] as agent
        from generate_series(1, ${count}::int) as i) as drawn) as told`
  await sql`create index logs_by_words on logs using gin (words)`
  await sql`analyze logs`
}
