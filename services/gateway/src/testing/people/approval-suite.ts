import { TaskId } from '@maestro/contracts/ids'
import { exportApprovals } from '@maestro/contracts/task/audit-endpoints'
import { decideApproval } from '@maestro/contracts/task/task-endpoints'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { expect, test } from 'vitest'
import { dataOf, type PeopleStage, planOf, refused } from './people-stage.ts'

const decidedByOwner = { decidedBy: 'owner', decidedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }

/** What people are asked: plans, steps and uses of tools. */
export const approvalSuite = (stage: () => PeopleStage): void => {
  test.concurrent('a drafted plan is sent back with words, and its next version is approved with edits', async () => {
    const goal = 'Draft twice'
    const heard: string[] = []
    const taskId = await stage().create(
      goal,
      { options: { autonomy: 'approve-plan' } },
      (brief, { messages }) => {
        if (brief.purpose === 'plan') heard.push(messages.map(({ text }) => text).join('\n'))
        return undefined
      },
    )
    const first = await stage().asked(taskId, 'plan')
    const silent = await stage().decide(first, { decision: 'redraft' })
    expect(silent).toMatchObject(refused(400, 'INVALID_INPUT', { field: 'reason' }))
    const words = 'Ask a reader first'
    const said = await stage().decide(first, { decision: 'redraft', reason: words })
    expect(said).toMatchObject({ status: 200 })
    const second = await stage().asked(taskId, 'plan', first.approvalId)
    expect(heard[0]).not.toContain(words)
    expect(heard.at(-1)).toContain(words)
    expect(second.planVersion).toBeGreaterThan(first.planVersion)
    // An answer to what is over: who decided, what and when.
    expect(await stage().decide(first, { decision: 'approve' })).toMatchObject(
      refused(409, 'APPROVAL_DECIDED', { status: 'redraft', reason: words, ...decidedByOwner }),
    )
    const stale = await stage().decide(second, { decision: 'approve', digest: 'f'.repeat(64) })
    expect(stale).toMatchObject(refused(409, 'APPROVAL_SUPERSEDED', { digest: second.digest }))
    const broken = await stage().decide(second, {
      decision: 'approve',
      edits: [{ kind: 'rewire', step: 'write', needs: ['nothing'] }],
    })
    expect(broken).toMatchObject(
      refused(409, 'PLAN_EDIT_REFUSED', { rule: 'breaks-plan', stepId: 'step_write' }),
    )
    const edits = [
      { kind: 'instruct', step: 'write', instruction: 'Write it in verse.' },
      { kind: 'set-gate', step: 'write', gate: true },
    ]
    const { digest } = second
    expect(await stage().decide(second, { decision: 'approve', edits, digest })).toMatchObject({
      status: 200,
    })
    const [decided] = dataOf(await stage().events(taskId), 'ApprovalDecided').slice(-1)
    expect(decided).toMatchObject({ planVersion: second.planVersion + 1 })
    expect(decided?.digest).not.toBe(digest)

    const gate = await stage().asked(taskId, 'step')
    const wish = 'In four lines'
    expect(await stage().decide(gate, { decision: 'revise', reason: wish })).toMatchObject({
      status: 200,
    })
    await stage().until(taskId, { status: 'succeeded' })
    const [asked] = stage().askedOf(goal, 'write')
    const request = asked?.request.messages.map(({ text }) => text).join('\n')
    expect(request).toContain('Write it in verse.')
    expect(request).toContain(wish)
  })

  test.concurrent('a tool use waits for its exact arguments: others that fit run in their place, and the first answer stands', async () => {
    const goal = 'Read with care'
    const inputs = [
      { name: 'a.txt', text: 'An apple.' },
      { name: 'b.txt', text: 'A banana.' },
    ]
    const plan = planOf({ read: { inputs: ['a.txt', 'b.txt'] } })
    const options = { gates: { tools: ['read_input'] } }
    const taskId = await stage().create(goal, { plan, inputs, options }, (_, { messages }) =>
      messages.some(({ role }) => role === 'tool')
        ? undefined
        : { toolCalls: [{ name: 'read_input', arguments: { name: 'a.txt' } }] },
    )
    const use = await stage().asked(taskId, 'tool')
    expect(use).toMatchObject({
      toolUse: { tool: 'read_input', why: 'gate', arguments: { preview: '{"name":"a.txt"}' } },
      silence: 'tell-agent',
      mayDecide: 'operator',
    })
    const others = (args: unknown) =>
      stage().decide(use, { decision: 'approve', arguments: JSON.stringify(args) })
    expect(await others({ nome: 'b.txt' })).toMatchObject(
      refused(400, 'INVALID_INPUT', {
        field: 'arguments',
        reason: expect.stringContaining('name'),
      }),
    )
    const other = 'e'.repeat(64)
    expect(await stage().decide(use, { decision: 'approve', digest: other })).toMatchObject(
      refused(409, 'APPROVAL_SUPERSEDED', { digest: use.digest }),
    )
    const call = createPatientCaller({ nats: stage().nats, service: 'scheduler' })
    const { approvalId, seq: expectedSeq } = use
    const asService = call(decideApproval, {
      approvalId,
      expectedSeq,
      decision: 'approve',
      reason: '',
    })
    await expect(asService).rejects.toMatchObject({
      code: 'APPROVAL_NOT_YOURS',
      details: { mayDecide: 'operator' },
    })
    expect(await others({ name: 'b.txt' })).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'succeeded' })
    const result = stage().askedOf(goal, 'read').at(-1)?.request.messages.at(-1)
    expect(result).toMatchObject({ role: 'tool', text: expect.stringContaining('A banana.') })
    const [decided] = dataOf(await stage().events(taskId), 'ApprovalDecided')
    expect(decided).toMatchObject({ arguments: { preview: '{"name":"b.txt"}' } })
    expect(decided?.digest).not.toBe(use.digest)
    expect(await stage().decide(use, { decision: 'reject', reason: 'no' })).toMatchObject(
      refused(409, 'APPROVAL_DECIDED', { status: 'approved', ...decidedByOwner }),
    )
  })

  /** A task whose judge wants the agent of its first step changed, once; asks how that is decided. */
  const agentAsked = async (goal: string) => {
    const wanted = {
      verdict: 'change-agent',
      reason: 'It names no sources.',
      agent: { prompt: 'Work, and name the sources.' },
    }
    const said = [wanted]
    const plan = planOf({ write: {}, check: { needs: ['write'], agent: 'other' } })
    const taskId = await stage().create(goal, { plan, options: { judge: {} } }, (brief) =>
      brief.purpose === 'observe'
        ? { text: JSON.stringify(said.shift() ?? { verdict: 'ok' }) }
        : undefined,
    )
    return { taskId, change: await stage().asked(taskId, 'agent') }
  }
  const promptOf = (goal: string) =>
    stage()
      .askedOf(goal, 'write')
      .map(({ request }) => request.messages.map(({ text }) => text).join('\n'))

  test.concurrent('a change that the judge wants of an agent is made in the words of whoever approves it, and its next attempt is told them', async () => {
    const goal = 'Name the sources'
    const { taskId, change } = await agentAsked(goal)
    expect(change).toMatchObject({
      stepId: 'step_write',
      silence: 'keep',
      mayDecide: 'operator',
      agentChange: {
        version: 1,
        before: { prompt: { preview: 'Work.' }, tools: ['read_input'] },
        after: { prompt: { preview: 'Work, and name the sources.' }, tools: ['read_input'] },
        reason: 'It names no sources.',
        uses: [{ stepId: 'step_write', title: 'write' }],
      },
    })
    const approve = (body: object) => stage().decide(change, { decision: 'approve', ...body })
    expect(await approve({ agent: { tools: ['magic'] } })).toMatchObject(
      refused(400, 'INVALID_INPUT', { field: 'tools', unknown: ['magic'] }),
    )
    expect(await approve({ agent: { prompt: 'Work.' } })).toMatchObject(
      refused(400, 'INVALID_INPUT', { field: 'agent' }),
    )
    expect(await approve({ digest: 'f'.repeat(64) })).toMatchObject(
      refused(409, 'APPROVAL_SUPERSEDED', { digest: change.digest }),
    )
    const { digest } = change
    const agent = { prompt: 'Work, and name two sources.' }
    expect(await approve({ digest, agent })).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'succeeded', steps: { step_write: { attempt: 2 } } })
    const [first, second] = promptOf(goal)
    expect(first).not.toContain('two sources')
    expect(second).toContain('Work, and name two sources.')
    const events = await stage().events(taskId)
    const [decided] = dataOf(events, 'ApprovalDecided')
    expect(decided?.agent?.prompt.preview).toBe(agent.prompt)
    expect(decided?.digest).not.toBe(digest)
    expect(dataOf(events, 'AgentModified')).toMatchObject([{ version: 2, when: 'next-attempt' }])
    expect(await approve({})).toMatchObject(
      refused(409, 'APPROVAL_DECIDED', { status: 'approved', ...decidedByOwner }),
    )
    const call = createPatientCaller({ nats: stage().nats, service: 'gateway' })
    const record = await call(exportApprovals, { taskId: TaskId.parse(taskId) })
    expect(record).toMatchObject({ entries: 2, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  test.concurrent('a question about an agent is void once a person has changed it, and says who did', async () => {
    const goal = 'Be first'
    const { taskId, change } = await agentAsked(goal)
    const agentId = change.agentChange?.agentId ?? ''
    const changed = await stage().ask('POST', `/api/tasks/${taskId}/agents/${agentId}`, {
      version: 1,
      changes: { prompt: 'Work like a poet.' },
      when: 'next-attempt',
      reason: 'more colour',
    })
    expect(changed).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'succeeded', steps: { step_write: { attempt: 2 } } })
    expect(promptOf(goal).at(-1)).toContain('Work like a poet.')
    expect(await stage().decide(change, { decision: 'approve' })).toMatchObject(
      refused(409, 'APPROVAL_DECIDED', {
        status: 'withdrawn',
        withdrawnBy: 'owner',
        decidedAt: expect.any(String),
        reason: expect.stringContaining('was changed meanwhile'),
      }),
    )
  })
}
