import { agentIdOf, TaskId } from '@maestro/contracts/ids'
import { steeringRoutes } from '@maestro/contracts/gateway/routes/steering-routes'
import { expect, test } from 'vitest'
import { createLatch, dataOf, type PeopleStage, planOf, refused } from './people-stage.ts'

/** What people do to steps and agents while a task runs. */
export const steeringSuite = (stage: () => PeopleStage): void => {
  const textOf = (goal: string, title: string) =>
    stage()
      .askedOf(goal, title)
      .at(-1)
      ?.request.messages.map(({ text }) => text)
      .join('\n')

  test.concurrent('a task stops at a breakpoint, lets one step through, is told things, leaves one out, and goes on', async () => {
    const goal = 'Step by step'
    const mayEnd = createLatch()
    const plan = planOf({
      a: {},
      b: { needs: ['a'] },
      c: { needs: ['a'] },
      d: { needs: ['b', 'c'] },
    })
    const taskId = await stage().create(goal, { plan }, async (brief) => {
      if (brief.purpose === 'step' && brief.title === 'a') await mayEnd.promise
      return undefined
    })
    const post = (path: string, body?: unknown) =>
      stage().ask('POST', `/api/tasks/${taskId}/${path}`, body)
    await stage().until(taskId, { steps: { step_a: { status: 'running' } } })
    expect(await post('steps/step_b/breakpoint', { isSet: true })).toMatchObject({ status: 200 })
    expect(await post('steps/step_x/breakpoint', { isSet: true })).toMatchObject(
      refused(404, 'NOT_FOUND', { kind: 'step', stepId: 'step_x' }),
    )
    expect(await post('resume')).toMatchObject(
      refused(409, 'TASK_NOT_PAUSED', {
        status: 'running',
        allowed: expect.arrayContaining(['pauseTask', 'cancelTask']),
      }),
    )
    expect(await post('steps/step_a/skip', { reason: 'no' })).toMatchObject(
      refused(409, 'STEP_NOT_SKIPPABLE', {
        status: 'running',
        allowed: expect.arrayContaining(['retryStep', 'giveGuidance']),
      }),
    )
    mayEnd.resolve(undefined)
    const held = await stage().until(taskId, { status: 'paused' })
    expect(held).toMatchObject({
      pause: { reason: 'breakpoint' },
      steps: { step_b: { attempt: 0 }, step_a: { status: 'done' } },
    })

    const words = 'Say it in one word'
    const told = await post('guidance', { stepId: 'step_b', text: words })
    expect(told).toMatchObject({ status: 200 })
    expect(await post('steps/step_c/skip', { reason: '  ' })).toMatchObject(
      refused(400, 'INVALID_INPUT'),
    )
    const why = 'We know that'
    expect(await post('steps/step_c/skip', { reason: why })).toMatchObject({ status: 200 })
    expect(await post('step', { stepId: 'step_d' })).toMatchObject(
      refused(409, 'STEP_NOT_READY', { ready: ['step_b'] }),
    )
    expect(await post('step', { stepId: 'step_b' })).toMatchObject({ status: 200 })
    const stepped = await stage().until(taskId, { steps: { step_b: { status: 'done' } } })
    expect(stepped).toMatchObject({
      status: 'paused',
      steps: { step_c: { status: 'skipped', skipReason: why }, step_d: { attempt: 0 } },
    })
    expect(textOf(goal, 'b')).toContain(words)

    const agentId = agentIdOf(TaskId.parse(taskId), 'worker')
    const modify = (version: number) =>
      post(`agents/${agentId}`, {
        version,
        changes: { prompt: 'Work like a poet.' },
        when: 'next-attempt',
        reason: 'more colour',
      })
    expect(await modify(4)).toMatchObject(refused(409, 'CHANGED_SINCE', { version: 1 }))
    expect(await modify(1)).toMatchObject({ status: 200 })
    expect(await post('resume')).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'succeeded' })
    expect(textOf(goal, 'd')).toContain('Work like a poet.')
    expect(textOf(goal, 'b')).not.toContain('Work like a poet.')
  })

  test.concurrent('a rerun says first what it resets and costs, holds for what was seen, and asks again what was approved', async () => {
    const goal = 'Once more'
    const plan = planOf({ a: {}, b: { needs: ['a'] }, c: { needs: ['b'], gate: true } })
    const taskId = await stage().create(goal, { plan })
    const gate = await stage().asked(taskId, 'step')
    const rerun = `/api/tasks/${taskId}/steps/step_b/rerun`
    const looked = await stage().ask('GET', rerun)
    expect(looked).toMatchObject({
      status: 200,
      body: {
        planVersion: 1,
        steps: [
          { stepId: 'step_b', status: 'done', attempt: 1, isRunning: false },
          { stepId: 'step_c', status: 'needs-you', attempt: 0 },
        ],
        spentUsd: expect.stringMatching(/^0\.0+[1-9]/),
      },
    })
    expect(await stage().ask('GET', rerun.replace('step_b', 'step_c'))).toMatchObject(
      refused(409, 'NOT_ALLOWED_NOW', { reason: 'it has not begun' }),
    )
    const { planVersion, steps } = steeringRoutes.previewRerun.answer.parse(looked.body)
    const seen = {
      planVersion,
      steps: steps.map(({ stepId, status, attempt }) => ({ stepId, status, attempt })),
    }
    const other = { ...seen, steps: seen.steps.slice(0, 1) }
    expect(await stage().ask('POST', rerun, { seen: other })).toMatchObject(
      refused(409, 'CHANGED_SINCE', { changed: [{ stepId: 'step_c', is: 'needs-you' }] }),
    )
    expect(await stage().ask('POST', rerun, { seen, reason: 'anew' })).toMatchObject({
      status: 200,
    })
    const anew = await stage().asked(taskId, 'step', gate.approvalId)
    expect(await stage().decide(gate, { decision: 'approve' })).toMatchObject(
      refused(409, 'APPROVAL_DECIDED', { status: 'withdrawn', withdrawnBy: 'owner' }),
    )
    expect(await stage().decide(anew, { decision: 'approve' })).toMatchObject({ status: 200 })
    await stage().until(taskId, {
      status: 'succeeded',
      steps: { step_a: { attempt: 1 }, step_b: { attempt: 2 }, step_c: { attempt: 1 } },
    })
    const resets = dataOf(await stage().events(taskId), 'StepReset')
    expect(resets).toMatchObject([
      { stepId: 'step_b', because: 'rerun', reason: 'anew' },
      { stepId: 'step_c', because: 'rerun', reason: 'anew' },
    ])
    expect(await stage().ask('POST', rerun)).toMatchObject(refused(409, 'TASK_ENDED'))
  })

  test.concurrent('of one agent no more steps run at once than its plan says', async () => {
    const goal = 'One at a time'
    const plan = planOf({ a: {}, b: {}, c: {}, d: { needs: ['a', 'b', 'c'] } })
    const [worker, ...others] = plan.agents
    const agents = [{ ...worker, parallelMax: 1 }, ...others]
    let atOnce = 0
    let most = 0
    const taskId = await stage().create(goal, { plan: { ...plan, agents } }, async () => {
      atOnce += 1
      most = Math.max(most, atOnce)
      await new Promise((resolve) => setImmediate(resolve))
      atOnce -= 1
      return undefined
    })
    await stage().until(taskId, { status: 'succeeded' })
    expect(most).toBe(1)
    const starts = dataOf(await stage().events(taskId), 'StepStarted')
    expect(starts.map(({ stepId }) => stepId)).toEqual(['step_a', 'step_b', 'step_c', 'step_d'])
  })
}
