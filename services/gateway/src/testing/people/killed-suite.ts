import { expect, test } from 'vitest'
import {
  createLatch,
  dataOf,
  eventually,
  type PeopleStage,
  planOf,
  refused,
  stepOf,
} from './people-stage.ts'

/** Whatever is killed while people have their say: nothing is lost, and nothing is done twice. */
export const killedSuite = (stage: () => PeopleStage): void => {
  test('a gate, a rerun and an edit outlive kill -9 of the orchestrator and the router, each done once', async () => {
    const goal = 'Outlive them'
    const never = createLatch()
    const plan = planOf({
      a: {},
      b: { needs: ['a'], gate: true },
      c: { needs: ['b'], gate: true },
    })
    let asksOfA = 0
    const taskId = await stage().create(goal, { plan }, async (brief) => {
      if (brief.purpose !== 'step' || brief.title !== 'a') return undefined
      asksOfA += 1
      // Killed while it is on its way, it is asked for once more.
      if (asksOfA === 1) await never.promise
      return undefined
    })
    await eventually(() => expect(asksOfA).toBe(1))
    await Promise.all([stage().killAndStart('llm-router'), stage().killAndStart('orchestrator')])

    const gate = await stage().asked(taskId, 'step')
    /** Said, and at once everything dies: said again under the same key, it has happened once. */
    const sayOver = async (method: 'POST' | 'PATCH', url: string, body: unknown, key: string) => {
      const first = stage().ask(method, url, body, key)
      await stage().killAndStart('orchestrator')
      expect(await first).toMatchObject({ status: 200 })
      expect(await stage().ask(method, url, body, key)).toMatchObject({ status: 200 })
    }
    const at = `/api/tasks/${taskId}`
    const decision = (approvalId: string) => `/api/approvals/${approvalId}/decision`
    const approve = { decision: 'approve', expectedSeq: gate.seq }
    await sayOver('POST', decision(gate.approvalId), approve, 'approve')
    expect(await stage().decide(gate, { decision: 'reject', reason: 'no' })).toMatchObject(
      refused(409, 'APPROVAL_DECIDED', { status: 'approved', decidedBy: 'owner' }),
    )
    await stage().asked(taskId, 'step', gate.approvalId)
    const edits = [
      { kind: 'insert-step', step: stepOf('d', { needs: ['b'] }) },
      { kind: 'rewire', step: 'c', needs: ['d'] },
    ]
    await sayOver('PATCH', `${at}/plan`, { baseVersion: 1, edits }, 'edit')
    await stage().until(taskId, { steps: { step_d: { status: 'done' } } })
    await sayOver('POST', `${at}/steps/step_d/rerun`, { reason: 'anew' }, 'rerun')
    await stage().until(taskId, { steps: { step_d: { status: 'done', attempt: 2 } } })
    const last = await stage().asked(taskId, 'step')
    expect(await stage().decide(last, { decision: 'approve' })).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'succeeded' })

    const events = await stage().events(taskId)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(dataOf(events, 'PlanEdited')).toHaveLength(1)
    expect(dataOf(events, 'StepReset').map(({ stepId }) => stepId)).toEqual(
      expect.arrayContaining(['step_d']),
    )
    expect(dataOf(events, 'StepFinished').map(({ stepId }) => stepId)).toEqual([
      'step_a',
      'step_b',
      'step_d',
      'step_d',
      'step_c',
    ])
    expect(asksOfA).toBe(2)
    never.resolve(undefined)
  })
}
