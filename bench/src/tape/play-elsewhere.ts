import { taskFileMediaType } from '@maestro/contracts/gateway/routes/import-routes'
import type { Tape } from '@maestro/contracts/task/tape-endpoints'

type Maestro = { consoleUrl: string; token: string }
type Posted = { type: string; body: string }

const ask = async ({ consoleUrl, token }: Maestro, path: string, posted?: Posted) => {
  const authorization = `Bearer ${token}`
  const response = await fetch(`${consoleUrl}${path}`, {
    headers: { authorization, ...(posted && { 'content-type': posted.type }) },
    ...(posted && { method: 'POST', body: posted.body }),
  })
  const body = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${body}`)
  return body
}

/** Hands a task on as a file, and plays its tape where it never ran. */
export const playElsewhere = async (from: Maestro, to: Maestro, taskId: string): Promise<Tape> => {
  const file = await ask(from, `/api/tasks/${taskId}/export.task`)
  await ask(to, '/api/tasks/import', { type: taskFileMediaType, body: file })
  const tape = { type: 'application/json', body: '{}' }
  return JSON.parse(await ask(to, `/api/tasks/${taskId}/tape`, tape)) as Tape
}
