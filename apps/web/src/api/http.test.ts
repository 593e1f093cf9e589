import { taskRoutes } from '@maestro/contracts/gateway/routes/task-routes'
import { expect, test } from 'vitest'
import { createHttp } from './http.ts'

const params = { taskId: 'task_1' }
const refusal = (code: string, status: number) =>
  Response.json({ error: { code, message: code, details: {}, requestId: 'req_1' } }, { status })

/** A gateway that answers one after the other; null: the answer is lost. */
const setup = (answers: readonly (Response | null)[]) => {
  const sent: (string | null)[] = []
  const left = [...answers]
  const http = createHttp({
    fetch: async (_, init) => {
      sent.push(new Headers(init?.headers).get('idempotency-key'))
      const answer = left.shift()
      if (answer == null) throw new TypeError('Failed to fetch')
      return answer
    },
    onSignedOut: () => {},
  })
  const step = () => http.json(taskRoutes.stepTask, { params, body: {} }).catch(() => {})
  return { http, sent, step }
}
const done = () => Response.json({ taskId: 'task_1', seq: 7 })

test('a command whose answer was lost is the same command when it is tried again, and then another one', async () => {
  const { sent, step } = setup([null, refusal('UNAVAILABLE', 503), done(), done()])
  for (let press = 0; press < 4; press += 1) await step()
  const [first, second, third, fourth] = sent
  expect(first).not.toBeNull()
  expect([second, third]).toEqual([first, first])
  expect(fourth).not.toBe(first)
})

test('a command that was refused is asked anew', async () => {
  const { sent, step } = setup([refusal('TASK_NOT_PAUSED', 409), done()])
  await step()
  await step()
  expect(sent[1]).not.toBe(sent[0])
})

test('a question carries no key', async () => {
  const { http, sent } = setup([done()])
  await http.text(taskRoutes.getTask, { params })
  expect(sent).toEqual([null])
})
