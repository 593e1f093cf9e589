import type { TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { packedRowsOf } from '@maestro/orchestrator/store/event-row'
import { summaryOf } from '@maestro/task-model/summary-of'
import type postgres from 'postgres'
import { cpuMsOf } from '../budget/cpu-of.ts'
import { median } from '../median.ts'
import { longTask } from './long-task.ts'
import { untilQuiet } from './until-quiet.ts'

const runs = 3
/** Writing one takes milliseconds; a busy machine may take its time. */
const snapshotMsMax = 30_000

/** `cpuMs`: of the orchestrator; on a machine that others use it says more than the clock. */
type Load = { ms: number; cpuMs: number }
export type Loads = { events: number; folded: Load; fromSnapshot: Load; stateBytes: number }

/**
 * A command to a task of ten thousand events at an orchestrator that was started a moment ago, and
 * that refuses it: what it takes is the load. Once without a snapshot, once with the one that the
 * first load left.
 */
export const measureLoads = async (
  orchestrator: postgres.Sql,
  system: TestSystem,
): Promise<Loads> => {
  const { task, commits } = longTask()
  await insertTask(orchestrator, { task, commits })
  const command = async (taskId: string) => {
    const startedAt = performance.now()
    const response = await fetch(`${system.consoleUrl}/api/tasks/${taskId}/pause`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${system.token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ expectedSeq: 1 }),
    })
    const answer = (await response.json()) as { error?: { code?: string } }
    return { ms: performance.now() - startedAt, code: answer.error?.code }
  }
  const coldLoad = async (): Promise<Load> => {
    await system.kill('orchestrator-1')
    await system.untilReady('orchestrator-1')
    // The way there is warm, the task is not.
    for (let asked = 0; asked < 5; asked += 1) await command('task_nobody')
    const pid = system.pids()['orchestrator-1'] ?? 0
    // Its relay asks the stream about every task of the last minutes: no part of this load.
    await untilQuiet(pid)
    const cpuBefore = cpuMsOf(pid)
    const { ms, code } = await command(task.taskId)
    const cpuMs = cpuMsOf(pid) - cpuBefore
    if (code !== 'SEQ_CONFLICT') throw new Error(`the command was answered with ${code}`)
    return { ms, cpuMs }
  }
  const forget = () => orchestrator`delete from task_snapshots`
  const untilSnapshot = async () => {
    const deadline = Date.now() + snapshotMsMax
    for (;;) {
      const rows = await orchestrator`select 1 from task_snapshots where task_id = ${task.taskId}`
      if (rows.length > 0) return
      if (Date.now() > deadline) throw new Error('no snapshot was written')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  const folded: Load[] = []
  const fromSnapshot: Load[] = []
  for (let run = 0; run < runs; run += 1) {
    await forget()
    folded.push(await coldLoad())
    await untilSnapshot()
    fromSnapshot.push(await coldLoad())
  }
  return {
    events: task.seq,
    folded: middleOf(folded),
    fromSnapshot: middleOf(fromSnapshot),
    stateBytes: JSON.stringify(task).length,
  }
}

const middleOf = (loads: readonly Load[]): Load => ({
  ms: median(loads.map(({ ms }) => ms)),
  cpuMs: median(loads.map(({ cpuMs }) => cpuMs)),
})

/** As the orchestrator writes it. Published already: it is nobody's news. */
const insertTask = async (
  sql: postgres.Sql,
  { task, commits }: Pick<ReturnType<typeof longTask>, 'task' | 'commits'>,
) => {
  for (const { taskId, seq, lastSeq, at, packed } of commits.flatMap(packedRowsOf)) {
    await sql`
      insert into task_events (task_id, seq, last_seq, at, packed, transaction_id)
      values (${taskId}, ${seq}, ${lastSeq}, ${at}, ${packed}, 0)`
  }
  await sql`
    insert into tasks (task_id, head, status, goal, summary, request_hash, created_at, updated_at)
    values (${task.taskId}, ${task.seq}, ${task.status}, '', ${JSON.stringify(summaryOf(task))}, '',
      ${task.createdAt}, ${task.updatedAt})`
}
