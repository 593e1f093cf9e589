import type { CallReply, CallWork } from '@maestro/contracts/llm/call-work'
import type { Answer } from '@maestro/contracts/llm/chat'
import type { OnIncomplete } from '@maestro/contracts/task/plan-draft'
import { newTaskId } from '@maestro/service-kit/new-id'
import { payloadOf } from '@maestro/service-kit/payload'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStage, type TestStage } from '../testing/open-test-stage.ts'
import { noFacts } from '../testing/router-peer.ts'
import { creation, planNeeding } from '../testing/task-commands.ts'

const patient = { timeout: 45_000 }
let stage: TestStage
beforeAll(async () => {
  stage = await openTestStage()
})
afterAll(() => stage.close())

const part: Answer = {
  text: 'It rained in',
  reasoning: '',
  toolCalls: [],
  finish: 'broken-off',
  providerParts: null,
}
const brokenOff = ({ callId }: CallWork): { reply: CallReply } => ({
  reply: {
    outcome: 'incomplete',
    callId,
    answer: part,
    answerRef: payloadOf('llm-router', JSON.stringify(part), 'application/json').ref,
    incomplete: { reason: 'broke-off', failureClass: 'network', message: 'The line broke.' },
    facts: noFacts,
  },
})

/** A task of two steps; the first answer of the first one breaks off. */
const run = async (onIncomplete: OnIncomplete | undefined) => {
  const taskId = newTaskId()
  stage.router.answerWith((work) =>
    work.callId.endsWith('_a_1_1') ? brokenOff(work) : { text: 'done' },
  )
  const plan = planNeeding({ a: [], b: ['a'] })
  const steps = plan.steps.map((step) => ({ ...step, retriesMax: 1, onIncomplete }))
  await stage.copy.commands.handle(creation(taskId, { plan: { ...plan, steps } }))
  await expect
    .poll(async () => (await stage.stateOf(taskId)).status, patient)
    .toMatch(/succeeded|failed/)
  const asked = stage.router.asked.filter((work) => work.taskId === taskId)
  return { task: await stage.stateOf(taskId), asked }
}

test('what came is the output of a step that accepts it, and the next one reads it as that', async () => {
  const { task, asked } = await run('accept')
  expect(task.status).toBe('succeeded')
  const [first, second] = asked
  expect([first?.onIncomplete, asked.length]).toEqual(['stop', 2])
  const output = Object.values(task.steps)[0]?.output
  expect(output && (await stage.copy.payloads.readText(output.sha256))).toBe(part.text)
  expect(JSON.stringify(second?.messages)).toContain('incomplete=')
})

test('it is a failed attempt of a step that says nothing of it', async () => {
  const { task, asked } = await run(undefined)
  expect(task.status).toBe('succeeded')
  expect(asked.map(({ callId }) => callId.slice(-5))).toEqual(['a_1_1', 'a_2_1', 'b_1_1'])
  expect(asked[0]).not.toHaveProperty('onIncomplete')
  const [cut] = Object.values(task.steps)[0]?.calls ?? []
  expect(cut).toMatchObject({ status: 'incomplete', incomplete: { failureClass: 'network' } })
})

test('it is the end of a step that wants nothing else', async () => {
  const { task, asked } = await run('fail')
  expect(task).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('The line broke'),
  })
  expect(asked).toHaveLength(1)
})

test('and every one of these tasks comes again from its tape', async () => {
  const tapes = await stage.tapes()
  expect(tapes.filter(({ holds }) => !holds)).toEqual([])
  expect(tapes.length).toBeGreaterThan(1)
})
