import { agentIdOf, stepIdOf } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { after, create } from '../testing/task-command-fixtures.ts'
import { planOf, refOf, taskId } from '../testing/task-fixtures.ts'
import type { ProposedPlan } from '../task-command.ts'

/** Previews in a script of three bytes a character, and as many references and needs as a plan may have. */
const wide = { ...refOf('x'), preview: '語'.repeat(160) }
const [plain] = planOf({ a: [] }).steps
const bulky = (agents: number, steps: number): ProposedPlan => ({
  ...planOf({ a: [] }),
  rationale: '語'.repeat(4_000),
  agents: Array.from({ length: agents }, (_, index) => ({
    agentId: agentIdOf(taskId, `worker-${index}`),
    name: `worker-${index}`,
    prompt: wide,
    description: wide,
    tools: [],
    suggestions: Array.from({ length: 20 }, () => wide),
  })),
  steps: Array.from({ length: steps }, (_, index) => ({
    ...(plain as NonNullable<typeof plain>),
    stepId: stepIdOf(`step-${index}`),
    needs: Array.from({ length: Math.min(index, 100) }, (__, need) => stepIdOf(`step-${need}`)),
    instruction: wide,
  })),
  resultStepId: stepIdOf(`step-${steps - 1}`),
})
const parts = (plan: ProposedPlan) =>
  after(create({ plan })).flatMap((event) => (event.type === 'PlanProposed' ? [event.data] : []))

test('a plan of a usual size is one event', () =>
  expect(parts(planOf({ a: [], b: ['a'] }))).toMatchObject([{ part: 1, parts: 1 }]))

test('a large plan is proposed in parts of at most 64 KiB of data each', () => {
  const proposed = parts(bulky(50, 1_000))
  expect(proposed.length).toBeGreaterThan(10)
  for (const data of proposed) {
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(64 * 1024)
  }
  expect(proposed.map(({ part }) => part)).toEqual(proposed.map((_, index) => index + 1))
  for (const data of proposed) expect(data.parts).toBe(proposed.length)
})

test('the version stands with its last part, whole and in the order of the plan', () => {
  const plan = bulky(50, 300)
  const events = after(create({ plan }))
  const last = events.findLastIndex(({ type }) => type === 'PlanProposed')
  expect(fold(events.slice(0, last))).toMatchObject({ versions: [{ version: 1, complete: false }] })
  expect(fold(events.slice(0, last + 1))).toMatchObject({
    versions: [
      {
        version: 1,
        complete: true,
        rationale: plan.rationale,
        agents: plan.agents,
        steps: plan.steps,
      },
    ],
  })
})
