import type { HttpApi } from './http-api.ts'
import { tenStepPlan } from './ten-step-plan.ts'

/** Seldom: each look reads two hundred lines over three services. */
const pollMs = 250
const waitMsMax = 180_000

/** Submits `tasks` tasks of ten steps at once and waits for the last one. Throws when one does not succeed. */
export const stepsPerSecond = async (api: HttpApi, tasks: number) => {
  const body = {
    goal: 'Read the notes ten times.',
    inputs: [{ name: 'notes.txt', mediaType: 'text/plain', text: 'A short note.\n'.repeat(20) }],
    options: { autonomy: 'auto', providers: ['rehearsal'] },
    plan: tenStepPlan,
  }
  const startedAt = performance.now()
  const created = await Promise.all(Array.from({ length: tasks }, () => api.createTask(body)))
  const submittedMs = performance.now() - startedAt
  const open = new Set(created.map(({ taskId }) => taskId))
  while (open.size > 0) {
    if (performance.now() - startedAt > waitMsMax) throw new Error(`${open.size} tasks did not end`)
    await new Promise((resolve) => setTimeout(resolve, pollMs))
    const page = (await api.get(`/api/tasks?limit=200`)) as {
      items: { taskId: string; status: string }[]
    }
    for (const { taskId, status } of page.items) {
      if (status === 'failed' || status === 'cancelled') throw new Error(`${taskId} ${status}`)
      if (status === 'succeeded') open.delete(taskId)
    }
  }
  const totalMs = performance.now() - startedAt
  return { steps: tasks * 10, submittedMs, totalMs, perSecond: (tasks * 10_000) / totalMs }
}
