import { defaultJudgeOptions } from '@maestro/contracts/task/task-options'
import { newTaskId } from '@maestro/service-kit/new-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStage, type TestStage } from '../testing/open-test-stage.ts'
import { creation, planNeeding } from '../testing/task-commands.ts'

const patient = { timeout: 45_000 }
let stage: TestStage
beforeAll(async () => {
  stage = await openTestStage()
})
afterAll(() => stage.close())

test('a step refines its own output over the bus, and what is delivered is the version that was found good', async () => {
  const taskId = newTaskId()
  stage.router.answerWith(({ callId }) => {
    if (callId.endsWith('_a_1_1')) return { text: 'It rained.' }
    return callId.endsWith('_a_1_2')
      ? { text: '{"verdict":"revise","notes":"say where","output":"It rained in Bergen."}' }
      : { text: '{"verdict":"good"}' }
  })
  const plan = planNeeding({ a: [] })
  const mode = { kind: 'self-refinement', roundsMax: 3 } as const
  const steps = plan.steps.map((step) => ({ ...step, mode }))
  await stage.copy.commands.handle(creation(taskId, { plan: { ...plan, steps } }))
  await expect.poll(async () => (await stage.stateOf(taskId)).status, patient).toBe('succeeded')

  const { result, steps: lived } = await stage.stateOf(taskId)
  expect(result && (await stage.copy.payloads.readText(result.sha256))).toBe('It rained in Bergen.')
  const [step] = Object.values(lived)
  expect(step?.refined).toEqual({ version: 2, round: 2, ended: 'agreed' })
  const asked = stage.router.asked.filter((work) => work.taskId === taskId)
  expect(asked.map(({ outputSchema }) => outputSchema?.name ?? null)).toEqual([
    null,
    'refinement_answer',
    'refinement_answer',
  ])
  expect(JSON.stringify(asked[2]?.messages)).toContain('say where')
})

test('an agent that asks a tool the same again and again is told so in its next turn', async () => {
  const taskId = newTaskId()
  const call = (id: string) => ({
    toolCalls: [{ id, name: 'read_input', argumentsText: '{"name":"none.txt"}' }],
    finish: 'tool_calls' as const,
  })
  stage.router.answerWith(({ callId }) => {
    const turn = Number(callId.split('_').at(-1))
    return turn <= 3 ? call(`t${turn}`) : { text: 'There is no such input.' }
  })
  const plan = planNeeding({ a: [] }, { tools: ['read_input'] })
  await stage.copy.commands.handle(creation(taskId, { plan }))
  await expect.poll(async () => (await stage.stateOf(taskId)).status, patient).toBe('succeeded')

  const asked = stage.router.asked.filter((work) => work.taskId === taskId)
  expect(asked).toHaveLength(4)
  expect(JSON.stringify(asked[2]?.messages)).not.toContain('remarks')
  expect(asked[3]?.messages.at(-1)).toMatchObject({
    role: 'user',
    content: [{ text: expect.stringContaining('was called 3 times with the same arguments') }],
  })
  const [step] = Object.values((await stage.stateOf(taskId)).steps)
  expect(step?.observation?.notes).toMatchObject([{ detector: 'same-call', act: 'revise' }])
})

test('the judge has a delivery revised over the bus, and what it keeps is told to the step that comes after', async () => {
  const taskId = newTaskId()
  stage.router.answerWith(({ callId }) => {
    if (callId.endsWith('_a_1_1')) return { text: 'It rained 3 inches.' }
    if (callId.endsWith('_a_1_1_j1')) return { text: '{"verdict":"revise","words":"In mm."}' }
    if (callId.endsWith('_a_1_2')) return { text: 'It rained 76 mm.' }
    return callId.endsWith('_a_1_2_j1')
      ? { text: '{"verdict":"ok","memories":[{"key":"unit","text":"all in mm"}]}' }
      : { text: callId.includes('_j') ? 'Looks fine to me.' : 'Bring a coat.' }
  })
  const judge = { ...defaultJudgeOptions, strategy: { providers: ['ollama' as const] } }
  const plan = planNeeding({ a: [], b: ['a'] })
  await stage.copy.commands.handle(creation(taskId, { plan, options: { judge } }))
  await expect.poll(async () => (await stage.stateOf(taskId)).status, patient).toBe('succeeded')

  const { judgeUse } = await stage.stateOf(taskId)
  // The judge of the second step says no JSON, twice.
  expect(judgeUse).toMatchObject({ calls: 4, withoutVerdict: 1 })
  const asked = stage.router.asked.filter((work) => work.taskId === taskId)
  const said = (end: string) =>
    JSON.stringify(asked.find(({ callId }) => callId.endsWith(end))?.messages)
  expect(said('_a_1_2')).toContain('The observer of your step remarks: In mm.')
  expect(said('_b_1_1')).toContain('all in mm')
  expect(asked.find(({ purpose }) => purpose === 'observe')).toMatchObject({
    agentId: null,
    strategy: { providers: ['ollama'] },
    outputSchema: { name: 'judge_answer' },
  })
})

test('and every one of these tasks comes again from its tape', async () => {
  const tapes = await stage.tapes()
  expect(tapes.filter(({ holds }) => !holds)).toEqual([])
  expect(tapes.length).toBeGreaterThan(1)
})
