import { readBrief } from '@maestro/contracts/llm/brief'
import { questionOf } from '@maestro/testkit/providers/goal-of'
import { expect, test } from 'vitest'
import { dataOf, type PeopleStage, planOf, stepOf } from './people-stage.ts'

const counting = {
  // It has no tools: beside those no wire takes a schema.
  agent: 'other',
  promise: {
    description: 'How many there are.',
    format: 'json',
    schema: {
      type: 'object',
      properties: { total: { type: 'integer' } },
      required: ['total'],
    },
  },
}

/** What a step promises, and steps that hold plans. */
export const promiseSuite = (stage: () => PeopleStage): void => {
  test.concurrent('an output that breaks its schema goes back once with the reason; then what reads it goes on, through a plan in a step', async () => {
    const goal = 'Count, then report'
    const plan = planOf({
      count: counting,
      report: {
        needs: ['count'],
        when: 'outputs.count.total > 2',
        subPlan: { steps: [stepOf('gather'), stepOf('tell', { needs: ['gather'] })] },
      },
    })
    const said = [{ sum: 3 }, { total: 3 }]
    const taskId = await stage().create(goal, { plan }, (brief) => {
      if (brief.purpose !== 'step') return undefined
      if (brief.title === 'count') return { text: JSON.stringify(said.shift()) }
      return { text: `${brief.title} is told.` }
    })
    const { steps, order } = await stage().until(taskId, { status: 'succeeded' })
    expect(order).toEqual([
      'step_count',
      'step_report',
      'step_report_p-gather',
      'step_report_p-tell',
    ])
    expect(steps).toMatchObject({
      step_report: { output: { preview: 'report: tell is told.' } },
      'step_report_p-tell': { partOf: { parentId: 'step_report' }, status: 'done' },
    })
    const [refusal] = dataOf(await stage().events(taskId), 'AnswerRefused')
    expect(refusal?.problem).toContain('total')
    const [first, second] = stage().askedOf(goal, 'count')
    expect(first?.request.outputSchema).toHaveProperty('properties.total')
    expect(second?.request.messages.at(-1)?.text).toContain(refusal?.problem)
  })

  test.concurrent('an output that breaks it again ends its step, which says why', async () => {
    const goal = 'Count what cannot be counted'
    const plan = planOf({ count: counting, report: { needs: ['count'] } })
    const taskId = await stage().create(goal, { plan }, (brief) =>
      brief.purpose === 'step' && brief.title === 'count' ? { text: '{"sum":3}' } : undefined,
    )
    const { failure, steps } = await stage().until(taskId, { status: 'failed' })
    expect(failure).toMatch(/^Step "count" failed: .*total/)
    expect(steps).toMatchObject({ step_count: { status: 'failed', attempt: 1 } })
    expect(stage().askedOf(goal, 'count')).toHaveLength(2)
    expect(stage().askedOf(goal, 'report')).toEqual([])
  })

  test.concurrent('arguments that break the schema of a tool go back to the agent once with the error, then its attempt ends', async () => {
    const goal = 'Read with a wrong name'
    const plan = planOf({ read: { inputs: ['a.txt'] } })
    const inputs = [{ name: 'a.txt', text: 'An apple.' }]
    const taskId = await stage().create(goal, { plan, inputs }, () => ({
      toolCalls: [{ name: 'read_input', arguments: { nome: 'a.txt' } }],
    }))
    const { failure } = await stage().until(taskId, { status: 'failed' })
    expect(failure).toMatch(/^Step "read" failed: /)
    const asked = stage().askedOf(goal, 'read')
    expect(asked).toHaveLength(2)
    expect(readBrief(questionOf(asked[1]?.request ?? { messages: [] }))).toMatchObject({ turn: 2 })
    expect(asked[1]?.request.messages.at(-1)).toMatchObject({
      role: 'tool',
      text: expect.stringMatching(/name.*fit its schema/s),
    })
  })
}
