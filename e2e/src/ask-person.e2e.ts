import { readBrief } from '@maestro/contracts/llm/brief'
import type { AppError } from '@maestro/contracts/errors'
import { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import type { EmulatedRequest } from '@maestro/testkit/providers/emulator-script'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { questionOf } from '@maestro/testkit/providers/goal-of'
import { type ProviderStage, startProviderStage } from './start-provider-stage.ts'

let stage: ProviderStage
beforeAll(async () => {
  stage = await startProviderStage()
})
afterAll(() => stage.stop())

const isStep = (request: EmulatedRequest) => readBrief(questionOf(request)).purpose === 'step'
const refused = { fault: { kind: 'refusal', as: 'invalid_request' } } as const

const openQuestion = async (taskId: string) => {
  const { items } = z
    .object({ items: z.array(ApprovalSummary) })
    .parse(await stage.client.ask('/api/approvals'))
  return items.find((item) => item.taskId === taskId)
}
const asksAgain = (taskId: string, but = '') =>
  expect
    .poll(async () => (await openQuestion(taskId))?.approvalId ?? but, { timeout: 90_000 })
    .not.toBe(but)
/** The position of a task that still works may move between looking and answering. */
const answer = async (taskId: string, body: Record<string, unknown>, key: string) => {
  for (;;) {
    const asked = await openQuestion(taskId)
    if (asked === undefined) throw new Error('nothing is asked')
    const response = await stage.client.send(`/api/approvals/${asked.approvalId}/decision`, {
      method: 'POST',
      body: JSON.stringify({ ...body, expectedSeq: asked.seq }),
      headers: { 'idempotency-key': `${key}-${asked.seq}` },
    })
    const said: unknown = await response.json()
    const isMoved = JSON.stringify(said).includes('SEQ_CONFLICT' satisfies AppError['code'])
    if (!isMoved) return { status: response.status, said, asked }
  }
}

test('where a class of failure asks, a person is asked over HTTP, and the task goes on as they say', async () => {
  await stage.client.ask('/api/recovery-strategies/invalid_request', {
    method: 'PUT',
    body: JSON.stringify({ strategy: { do: 'ask' } }),
    headers: { 'idempotency-key': 'ask-for-it' },
  })
  const goal = 'Groq takes no steps'
  let isRefusing = true
  const taskId = await stage.startTask(goal, {
    groq: (request) => (isRefusing && isStep(request) ? refused : undefined),
  })
  await asksAgain(taskId)
  const first = await openQuestion(taskId)
  expect(first).toMatchObject({
    kind: 'failure',
    status: 'open',
    question: {
      failureClass: 'invalid_request',
      tried: [{ provider: 'groq', outcome: 'failed', failureClass: 'invalid_request' }],
      choices: ['retry', 'other-model', 'skip', 'fail'],
    },
  })
  expect(first?.question?.suggestion).toMatch(/\w+ \w+/)

  expect(await answer(taskId, { decision: 'approve' }, 'wrong')).toMatchObject({
    status: 400,
    said: {
      error: {
        code: 'INVALID_INPUT',
        details: { choices: ['retry', 'other-model', 'skip', 'fail'] },
      },
    },
  })
  const strategy = { providers: ['gemini'] }
  const told = await answer(taskId, { decision: 'other-model', strategy }, 'first')
  expect(told.status).toBe(200)
  // The same again is the same answer; another one comes too late.
  const again = await stage.client.send(`/api/approvals/${told.asked.approvalId}/decision`, {
    method: 'POST',
    body: JSON.stringify({ decision: 'other-model', strategy, expectedSeq: told.asked.seq }),
    headers: { 'idempotency-key': `first-${told.asked.seq}` },
  })
  expect([again.status, await again.json()]).toEqual([200, told.said])
  const now = ApprovalSummary.parse(
    await stage.client.ask(`/api/approvals/${told.asked.approvalId}`),
  )
  expect(now).toMatchObject({ status: 'answered', decision: 'other-model', decidedBy: 'owner' })
  const late = await stage.client.send(`/api/approvals/${told.asked.approvalId}/decision`, {
    method: 'POST',
    body: JSON.stringify({ decision: 'fail', expectedSeq: now.seq }),
    headers: { 'idempotency-key': 'late' },
  })
  expect([late.status, await late.json()]).toMatchObject([
    409,
    { error: { code: expect.stringMatching(/APPROVAL_DECIDED|SEQ_CONFLICT/) } },
  ])

  // The next step has an agent of its own, whom nobody told anything.
  await asksAgain(taskId, told.asked.approvalId)
  isRefusing = false
  expect((await answer(taskId, { decision: 'retry' }, 'second')).status).toBe(200)
  expect((await stage.client.ended(taskId)).state.status).toBe('succeeded')
  expect(
    stage.asked('gemini', goal).filter(({ request }) => isStep(request)).length,
  ).toBeGreaterThan(0)
})
