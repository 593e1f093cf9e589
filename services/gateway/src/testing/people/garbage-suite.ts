import { errorCodes, isErrorCode } from '@maestro/contracts/errors'
import { subjectOf } from '@maestro/contracts/endpoint'
import { httpRoutes } from '@maestro/contracts/gateway/http-routes'
import { lockPart, guideDrafting, takeVersion } from '@maestro/contracts/task/drafting-endpoints'
import {
  giveGuidance,
  modifyAgent,
  rerunFrom,
  retryStep,
  setBreakpoint,
} from '@maestro/contracts/task/steering-endpoints'
import { editPlan, undoPlanEdit } from '@maestro/contracts/task/surgery-endpoints'
import {
  cancelTask,
  createTask,
  decideApproval,
  pauseTask,
  resumeTask,
  skipStep,
  stepTask,
} from '@maestro/contracts/task/task-endpoints'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type PeopleStage, planOf } from './people-stage.ts'

const long = 'x'.repeat(900 * 1024)
/** No JSON, not what is wanted, numbers that are none, fields that nobody knows, texts without an end. */
const nonsense = [
  'NaN',
  '{"expectedSeq":NaN}',
  '{"expectedSeq":1e999}',
  '{"expectedSeq":"7"}',
  '{"nonsense":true}',
  '[]',
  '"text"',
  `{"reason":"${long}"}`,
]
const commands = [
  createTask,
  pauseTask,
  resumeTask,
  stepTask,
  skipStep,
  cancelTask,
  decideApproval,
  retryStep,
  rerunFrom,
  setBreakpoint,
  giveGuidance,
  modifyAgent,
  editPlan,
  undoPlanEdit,
  guideDrafting,
  takeVersion,
  lockPart,
]
const Refusal = z.object({
  error: z.object({
    code: z.string().refine(isErrorCode),
    message: z.string().min(1),
    details: z.record(z.string(), z.unknown()),
  }),
})

/** Whatever is sent, it is refused in words and by a code, and nothing of it happens. */
export const garbageSuite = (stage: () => PeopleStage): void => {
  test.concurrent('nonsense over HTTP is refused by every command, with why, and changes nothing', async () => {
    const taskId = await stage().create('Wait', {
      plan: planOf({ a: { gate: true }, b: { needs: ['a'] } }),
    })
    const { approvalId } = await stage().asked(taskId, 'step')
    const before = await stage().read(taskId)
    const ids = {
      taskId,
      approvalId,
      stepId: 'step_a',
      agentId: 'agt_1_worker',
      name: 'here',
    }
    const said = Object.values(httpRoutes).filter(
      ({ method, tag, path }) =>
        method !== 'GET' &&
        (tag === 'tasks' || tag === 'approvals') &&
        (path.includes(':taskId') || path.includes(':approvalId')),
    )
    expect(said.length).toBeGreaterThan(15)
    const refuse = async (method: (typeof said)[number]['method'], url: string, body: string) => {
      const { status, body: answer } = await stage().ask(method, url, body)
      const { error } = Refusal.parse(answer)
      expect({ url, status }).toEqual({ url, status: errorCodes[error.code].status })
      expect({ url, status, isOurs: status >= 500 }).toEqual({ url, status, isOurs: false })
    }
    for (const { method, path } of said) {
      const to = (known: Readonly<Record<string, string>>) =>
        path.replaceAll(/:(\w+)/g, (_, name: string) => known[name] ?? 'x')
      // What takes no body takes any.
      if (method !== 'DELETE')
        await Promise.all(nonsense.map((body) => refuse(method, to(ids), body)))
      const nobody = { ...ids, taskId: 'task_nobody', approvalId: 'apr_nobody_step-a' }
      await refuse(method, to(nobody), '{}')
      await refuse(method, to({ ...nobody, taskId: '%00', approvalId: long.slice(0, 400) }), '{}')
    }
    expect(await stage().read(taskId)).toEqual(before)
  })

  test.concurrent('nonsense on the bus is refused by every command, by its code', async () => {
    const refuse = async (command: (typeof commands)[number], body: string) => {
      const reply = await stage().nats.request(subjectOf(command), body, { timeout: 60_000 })
      const { code, message } = z
        .object({ code: z.string(), message: z.string() })
        .parse(JSON.parse(reply.string()))
      expect({ name: command.name, body: body.slice(0, 40), code }).toEqual({
        name: command.name,
        body: body.slice(0, 40),
        code: 'INVALID_INPUT',
      })
      expect(message).toMatch(/\w/)
    }
    for (const command of commands)
      await Promise.all(['no JSON', ...nonsense, '{}', 'null'].map((body) => refuse(command, body)))
  })
}
