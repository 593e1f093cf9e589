import { graphHash } from '../src/graph/graph-hash.ts'
import { toGraph } from '../src/graph/to-graph.ts'
import type { Task } from '@maestro/task-model/task'
import type { Stage } from './open-stage.ts'

type FoldedTask = { seq: number; state: Task }

/** The gateway, past the browser: what the page has to agree with. */
export const stageClient = ({ system }: Stage) => {
  const send = (path: string, init: { method?: string; body?: string; key?: string } = {}) =>
    fetch(`${system.consoleUrl}${path}`, {
      ...(init.method !== undefined && { method: init.method }),
      ...(init.body !== undefined && { body: init.body }),
      headers: {
        authorization: `Bearer ${system.token}`,
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
        ...(init.key !== undefined && { 'idempotency-key': init.key }),
      },
    })
  /** A task whose plan is given; it runs on rehearsal. */
  const createTask = async (body: unknown): Promise<string> => {
    const response = await send('/api/tasks', {
      method: 'POST',
      body: JSON.stringify(body),
      key: crypto.randomUUID(),
    })
    const created = (await response.json()) as { taskId?: string }
    if (created.taskId === undefined) throw new Error(`refused: ${JSON.stringify(created)}`)
    return created.taskId
  }
  /** Now, or at a position. */
  const task = async (taskId: string, at?: number): Promise<FoldedTask> => {
    const path = at === undefined ? '' : `/state?at=${at}&detail=outline`
    return (await (await send(`/api/tasks/${taskId}${path}`)).json()) as FoldedTask
  }
  return {
    send,
    createTask,
    task,
    /** Of the server's state, now or at a position. */
    hashOf: async (taskId: string, at?: number) =>
      graphHash(toGraph((await task(taskId, at)).state)),
  }
}
