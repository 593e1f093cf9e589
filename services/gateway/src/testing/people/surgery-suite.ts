import { expect, test } from 'vitest'
import { createLatch, dataOf, type PeopleStage, planOf, refused, stepOf } from './people-stage.ts'

const gate = { kind: 'set-gate', step: 'b', gate: true }

/** Edits of a plan that runs, and their undoing. */
export const surgerySuite = (stage: () => PeopleStage): void => {
  test.concurrent('a plan is edited while it runs, and the edit is undone; what cannot be names the step and the rule', async () => {
    const goal = 'Change your mind'
    const [isDone, mayEnd] = [createLatch(), createLatch()]
    const plan = planOf({ a: {}, b: { needs: ['a'] }, c: { needs: ['b'] } })
    const taskId = await stage().create(goal, { plan }, async (brief) => {
      if (brief.purpose === 'step' && brief.title === 'a') await isDone.promise
      if (brief.purpose === 'step' && brief.title === 'b') await mayEnd.promise
      return undefined
    })
    const edit = (baseVersion: number, ...edits: readonly object[]) =>
      stage().ask('PATCH', `/api/tasks/${taskId}/plan`, { baseVersion, edits })
    await stage().until(taskId, { steps: { step_a: { status: 'running' } } })
    const { seq } = await stage().read(taskId)

    const rule = (name: string, stepId: string, more: object = {}) =>
      refused(409, 'PLAN_EDIT_REFUSED', {
        rule: name,
        stepId,
        reason: expect.stringMatching(/\w/),
        allowed: expect.any(Array),
        ...more,
      })
    expect(await edit(7, gate)).toMatchObject(refused(409, 'CHANGED_SINCE', { planVersion: 1 }))
    expect(await edit(1, { kind: 'rewire', step: 'b', needs: ['c'] })).toMatchObject(
      rule('cycle', 'step_b'),
    )
    expect(await edit(1, { kind: 'remove-step', step: 'b' })).toMatchObject(
      rule('orphans-input', 'step_b', { reason: expect.stringContaining('c would miss') }),
    )
    const begun = rule('has-begun', 'step_a', { changeable: ['step_b', 'step_c'] })
    expect(await edit(1, { kind: 'instruct', step: 'a', instruction: 'More.' })).toMatchObject(
      begun,
    )
    // One that cannot be takes the others with it.
    expect(await edit(1, gate, { kind: 'remove-step', step: 'c' })).toMatchObject(
      rule('is-result', 'step_c', { edit: 1 }),
    )
    expect((await stage().read(taskId)).seq).toBe(seq)

    const change = [
      { kind: 'insert-step', step: stepOf('check', { needs: ['a'] }) },
      { kind: 'rewire', step: 'b', needs: ['check'] },
      { kind: 'reassign', step: 'b', agent: 'other' },
      { kind: 'retool', agent: 'other', tools: ['read_input'] },
      { kind: 'change-model', step: 'b', strategy: { models: { groq: 'openai/gpt-oss-20b' } } },
      gate,
    ]
    expect(await edit(1, ...change)).toMatchObject({ status: 200 })
    expect((await stage().read(taskId)).state).toMatchObject({
      planVersion: 2,
      order: ['step_a', 'step_check', 'step_b', 'step_c'],
      steps: {
        step_b: {
          needs: ['step_check'],
          gate: true,
          strategy: { models: { groq: 'openai/gpt-oss-20b' } },
        },
      },
    })
    // Who has not seen it hears what is another.
    expect(await edit(1, gate)).toMatchObject(
      refused(409, 'CHANGED_SINCE', {
        planVersion: 2,
        changed: expect.arrayContaining([{ kind: 'added', stepId: 'step_check' }]),
      }),
    )
    const undo = await stage().ask('POST', `/api/tasks/${taskId}/plan/undo`, { baseVersion: 2 })
    expect(undo).toMatchObject({ status: 200 })
    expect((await stage().read(taskId)).state).toMatchObject({
      planVersion: 3,
      order: ['step_a', 'step_b', 'step_c'],
    })

    isDone.resolve(undefined)
    await stage().until(taskId, { steps: { step_b: { status: 'running' } } })
    expect(await edit(3, { kind: 'set-gate', step: 'a', gate: true })).toMatchObject(
      rule('has-begun', 'step_a', { reason: expect.stringContaining('it is done') }),
    )
    mayEnd.resolve(undefined)
    await stage().until(taskId, { status: 'succeeded' })
    expect(await edit(3, gate)).toMatchObject(
      refused(409, 'TASK_ENDED', { allowed: expect.any(Array) }),
    )
    const edits = dataOf(await stage().events(taskId), 'PlanEdited')
    expect(
      edits.map(({ version, baseVersion, restores }) => [version, baseVersion, restores]),
    ).toEqual([
      [2, 1, undefined],
      [3, 2, 1],
    ])
    // It ran as it was restored: by its own agent, on the usual model.
    const [asked, ...again] = stage().askedOf(goal, 'b')
    expect([asked?.request.model, again]).toEqual(['openai/gpt-oss-120b', []])
  })
}
