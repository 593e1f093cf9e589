import { type AgentId, roleOf } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { WorkSample } from './work-sample.ts'

/** Lines of the ledger that are looked at: the newest, which are some hundred tasks. */
const linesMax = 20_000

/** What the newest work used, piece by piece: each step of a task, what was judged of it, and the drafting of each task. */
export const readSamples = async (sql: Sql): Promise<WorkSample[]> => {
  const rows = await sql<(Omit<WorkSample, 'role'> & { agentId: AgentId | null })[]>`
    with line as (
      select task_id, step_id, agent_id, purpose, provider, model, input_tokens,
        cached_input_tokens, output_tokens
      from ledger where kind in ('settled', 'estimated', 'corrected')
      order by reserved_at desc limit ${linesMax}
    )
    select case purpose when 'step' then 'step' when 'observe' then 'judge' else 'drafting' end as "of",
      task_id as "taskId", agent_id as "agentId", provider, model,
      sum(input_tokens)::bigint as "inputTokens",
      sum(cached_input_tokens)::bigint as "cachedInputTokens",
      sum(output_tokens)::bigint as "outputTokens"
    from line
    -- What nobody counted says nothing about the next.
    where purpose <> 'embed' and input_tokens is not null
    group by 1, task_id, step_id, agent_id, provider, model`
  return rows.map(({ agentId, ...row }) => ({
    ...row,
    role: agentId === null ? null : roleOf(agentId),
  }))
}

/** All steps of each task as one piece of work, told apart by model. */
export const perTask = (samples: readonly WorkSample[]): WorkSample[] =>
  [
    ...Map.groupBy(
      samples,
      ({ taskId, provider, model }) => `${taskId} ${provider} ${model}`,
    ).values(),
  ].map((steps): WorkSample => {
    const sum = (of: (sample: WorkSample) => number) =>
      steps.reduce((total, step) => total + of(step), 0)
    const [first] = steps
    if (first === undefined) throw new Error('a group has a member')
    return {
      ...first,
      role: null,
      inputTokens: sum(({ inputTokens }) => inputTokens),
      cachedInputTokens: sum(({ cachedInputTokens }) => cachedInputTokens),
      outputTokens: sum(({ outputTokens }) => outputTokens),
    }
  })
