import { agentIdOf } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import {
  answer,
  after,
  approvalId,
  cancel,
  createWith,
  create,
  decideOn,
  failStep,
  pause,
} from '../testing/task-command-fixtures.ts'
import { modifyAgent, retryStep, rerunFrom } from '../testing/steering-command-fixtures.ts'
import {
  editPlan,
  insert,
  knownTools,
  newStep,
  remove,
  rewire,
  undoEdit,
} from '../testing/surgery-command-fixtures.ts'
import { planOf, refOf, taskId, toolPlace, worker } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'

// a runs, b waits for it, c delivers.
const chain = createWith({ a: [], b: ['a'], c: ['b'] })
const idOf = (name: string) => toolPlace(name).stepId
const taskAfter = (...commands: readonly TaskCommand[]) => fold(after(...commands)) as BornTask

describe('an edit of the plan of a task that runs', () => {
  test('is a new version with what differs, its author and why', () => {
    const events = after(chain, editPlan([insert('d', ['a']), rewire('c', ['b', 'd'])]))
    expect(events.at(-1)).toMatchObject({
      type: 'PlanEdited',
      actor: { id: 'ada' },
      data: {
        version: 2,
        baseVersion: 1,
        reason: 'better so',
        edits: [
          { kind: 'insert-step', stepId: 'step_d' },
          { kind: 'rewire', stepId: 'step_c' },
        ],
        steps: [{ stepId: 'step_d' }, { stepId: 'step_c', needs: ['step_b', 'step_d'] }],
        places: [{ stepId: 'step_d', after: 'step_a' }],
        removed: [],
        resultStepId: 'step_c',
      },
    })
    const task = fold(events) as BornTask
    expect(task).toMatchObject({
      planVersion: 2,
      order: ['step_a', 'step_d', 'step_b', 'step_c'],
      steps: { step_d: { status: 'not-ready', attempt: 0 }, step_a: { status: 'running' } },
    })
    expect(task.versions.map(({ version, author, editOf }) => [version, author, editOf])).toEqual([
      [1, 'person', undefined],
      [2, 'person', 1],
    ])
  })

  test('runs: the inserted step between the two, each once', () => {
    const done = after(
      chain,
      editPlan([insert('d', ['a']), rewire('b', ['d'])]),
      answer('a'),
      answer('d'),
      answer('b'),
      answer('c'),
    )
    const started = done.flatMap((event) =>
      event.type === 'StepStarted' ? [event.data.stepId] : [],
    )
    expect(started).toEqual(['step_a', 'step_d', 'step_b', 'step_c'])
    expect(done.at(-1)?.type).toBe('TaskSucceeded')
  })

  test('starts at once what became ready by it', () => {
    const task = taskAfter(chain, editPlan([rewire('b', [])]))
    expect(task.steps).toMatchObject({ step_b: { status: 'running' } })
  })

  test('ends a task whose last open step it takes out', () => {
    const task = taskAfter(
      createWith({ a: [], b: ['a'] }),
      editPlan([{ kind: 'set-result', stepId: idOf('a') }, remove('b')]),
      answer('a'),
    )
    expect(task).toMatchObject({ status: 'succeeded', order: ['step_a'] })
  })

  test('changes nothing, and says nothing, when the plan says so already', () =>
    given(...after(chain))
      .when(editPlan([{ kind: 'set-gate', stepId: idOf('b'), gate: false }]))
      .yields())

  test.each([
    ['a step that runs', [remove('a')], 'step_a', 'has-begun'],
    ['the model of a step that runs', [rewire('a', [])], 'step_a', 'has-begun'],
    ['a step that others need', [remove('b')], 'step_b', 'orphans-input'],
    ['the result', [rewire('c', []), remove('c')], 'step_c', 'is-result'],
    ['a step that is not there', [remove('z')], 'step_z', 'no-such-part'],
    ['a name that is taken', [insert('b')], 'step_b', 'name-taken'],
  ] as const)(
    'is refused for %s, with step, rule and what would be allowed',
    (_, edits, stepId, rule) =>
      given(...after(chain))
        .when(editPlan(edits))
        .rejects('PLAN_EDIT_REFUSED', {
          stepId,
          rule,
          allowed: expect.any(Array),
          reason: expect.any(String),
        }),
  )

  test('is refused when steps would need each other in a circle, and names them', () =>
    given(...after(chain))
      .when(editPlan([insert('d', ['c']), rewire('b', ['a', 'd'])]))
      .rejects('PLAN_EDIT_REFUSED', {
        rule: 'cycle',
        stepId: 'step_b',
        edit: 1,
        reason: expect.stringMatching(/need each other in a circle/),
      }))

  test('is refused where the rules of drafting would have refused it', () => {
    given(...after(chain))
      .when(editPlan([{ kind: 'rewire', stepId: idOf('b'), when: 'outputs.c > 1' }]))
      .rejects('PLAN_EDIT_REFUSED', {
        rule: 'breaks-plan',
        planRule: 'expression',
        stepId: 'step_b',
        edit: 0,
      })
    given(...after(chain))
      .when(editPlan([{ kind: 'retool', agentId: worker, tools: ['teleport'] }]))
      .rejects('PLAN_EDIT_REFUSED', {
        rule: 'breaks-plan',
        reason: expect.stringContaining('there is no tool "teleport"'),
      })
    given(...after(chain))
      .when(editPlan([{ kind: 'reassign', stepId: idOf('b'), agentId: agentIdOf(taskId, 'x') }]))
      .rejects('PLAN_EDIT_REFUSED', { rule: 'no-such-part', agentId: agentIdOf(taskId, 'x') })
  })

  test('says what can still be changed where a step has begun', () =>
    given(...after(chain))
      .when(editPlan([remove('a')]))
      .rejects('PLAN_EDIT_REFUSED', {
        edit: 0,
        changeable: ['step_b', 'step_c'],
        allowed: expect.arrayContaining(['retryStep']),
      }))

  test('of a version that is not the newest is refused with what changed since', () =>
    given(...after(chain, editPlan([insert('d', ['a']), rewire('c', ['d'])])))
      .when(editPlan([remove('b')]))
      .rejects('CHANGED_SINCE', {
        planVersion: 2,
        changed: [
          { kind: 'added', stepId: 'step_d' },
          { kind: 'changed', stepId: 'step_c' },
        ],
      }))

  test('is refused before the plan runs and after the end, with what to do instead', () => {
    given(...after(create()))
      .when(editPlan([remove('b')]))
      .rejects('NOT_ALLOWED_NOW', { allowed: ['guideDrafting', 'lockPart', 'takeVersion'] })
    given(...after(createWith({ a: [] }, { autonomy: 'approve-plan' })))
      .when(editPlan([remove('b')]))
      .rejects('NOT_ALLOWED_NOW', { allowed: ['decideApproval'] })
    given(...after(chain, cancel()))
      .when(editPlan([remove('b')]))
      .rejects('TASK_ENDED')
  })

  test('takes a step out and lets what needed it need what it needed', () => {
    const task = taskAfter(chain, editPlan([remove('b', true)]))
    expect(task.order).toEqual(['step_a', 'step_c'])
    expect(task.steps[idOf('c')]?.needs).toEqual(['step_a'])
  })

  test('keeps a step that has work behind it, also after it was reset', () =>
    given(...after(chain, answer('a'), pause(), rerunFrom('a')))
      .when(editPlan([rewire('b', []), remove('a')]))
      .rejects('PLAN_EDIT_REFUSED', { rule: 'has-begun', stepId: 'step_a' }))

  test('of a step that failed and waits holds for its next attempt', () => {
    const plan = createWith({ a: { onFailure: 'wait' }, b: ['a'] })
    const strategy = { providers: ['ollama' as const] }
    const edit = editPlan([{ kind: 'change-model', stepId: idOf('a'), strategy }])
    const task = taskAfter(plan, failStep('a', 'no_provider'), edit, retryStep('a'))
    expect(task.steps[idOf('a')]).toMatchObject({ status: 'retrying', attempt: 2, strategy })
  })

  test('of tools is a new version of the agent, which attempts that run do not have', () => {
    const task = taskAfter(chain, editPlan([{ kind: 'retool', agentId: worker, tools: [] }]))
    expect(task.agents[worker]?.tools).toEqual([])
    expect(task.earlierAgents?.[worker]).toMatchObject([{ tools: knownTools }])
    expect(task.steps[idOf('a')]?.agentVersion ?? 1).toBe(1)
  })
})

describe('what was asked and approved about a step', () => {
  const gated = [
    createWith({ a: [], b: [], c: ['a', 'b'] }, { autonomy: 'approve-steps' }),
    decideOn('plan-v1', 'approve'),
  ] as const

  test('is void when an edit changes the step: it is asked anew about what it is now', () => {
    const edit = editPlan([{ kind: 'instruct', stepId: idOf('a'), instruction: refOf('do less') }])
    const task = taskAfter(...gated, edit)
    expect(task.approvals[approvalId('step-a')]).toMatchObject({ status: 'withdrawn' })
    expect(task.approvals[approvalId('step-a-2')]).toMatchObject({ status: 'open', planVersion: 2 })
    expect(task.approvals[approvalId('step-b')]).toMatchObject({ status: 'open', planVersion: 1 })
  })

  test('does not let a changed step start that was approved and held', () => {
    const edit = editPlan([{ kind: 'instruct', stepId: idOf('a'), instruction: refOf('do less') }])
    const held = after(...gated, pause(), decideOn('step-a', 'approve'), edit)
    expect((fold(held) as BornTask).steps[idOf('a')]).toMatchObject({ approved: false })
  })

  test('is withdrawn when the step is taken out', () => {
    const task = taskAfter(...gated, editPlan([rewire('c', ['a']), remove('b')]))
    expect(task.approvals[approvalId('step-b')]).toMatchObject({ status: 'withdrawn' })
  })
})

describe('an undo', () => {
  const edited = [
    chain,
    editPlan([
      insert('d', ['a']),
      rewire('b', ['d']),
      { kind: 'retool', agentId: worker, tools: [] },
    ]),
  ] as const

  test('is a further version with the content of an earlier one', () => {
    const task = taskAfter(...edited, undoEdit(2))
    expect(task).toMatchObject({
      planVersion: 3,
      order: ['step_a', 'step_b', 'step_c'],
      steps: { step_b: { needs: ['step_a'] } },
      agents: { [worker]: { tools: knownTools } },
    })
    expect(task.versions.at(-1)).toMatchObject({ editOf: 2, restores: 1 })
  })

  test('leaves tools alone that a person took from the agent beside the edit', () => {
    const instruct = { kind: 'instruct', stepId: idOf('b'), instruction: refOf('more') } as const
    const taken = modifyAgent('next-attempt', { tools: [] })
    const task = taskAfter(chain, taken, editPlan([instruct]), undoEdit(2))
    expect(task).toMatchObject({ planVersion: 3, agents: { [worker]: { tools: [] } } })
  })

  test('of an undo brings the edit back', () => {
    const task = taskAfter(...edited, undoEdit(2), undoEdit(3))
    expect(task.order).toEqual(['step_a', 'step_d', 'step_b', 'step_c'])
  })

  test('is refused where it would take away what has begun meanwhile', () =>
    given(...after(...edited, answer('a')))
      .when(undoEdit(2))
      .rejects('PLAN_EDIT_REFUSED', { rule: 'has-begun', stepId: 'step_d' }))

  test('of nothing, or to a version that this plan was not made of, says so', () => {
    given(...after(chain))
      .when(undoEdit(1))
      .rejects('NOT_ALLOWED_NOW', { allowed: ['editPlan'] })
    given(...after(...edited))
      .when(undoEdit(2, 7))
      .rejects('NOT_ALLOWED_NOW', { restorable: [1] })
  })
})

test('edits are taken as a whole: a later one may name what an earlier one has put in', () => {
  const agents = planOf({}).agents.map((one) => ({ ...one, name: 'editor' }))
  const agent = { ...agents[0], agentId: agentIdOf(taskId, 'editor') } as PlanAgent
  const step = { ...newStep('d', ['a']), agentId: agent.agentId }
  const task = taskAfter(
    createWith({ a: [], b: ['a'] }),
    editPlan([
      { kind: 'add-agent', agent },
      { kind: 'insert-step', step },
      { kind: 'set-result', stepId: step.stepId },
    ]),
  )
  expect(task).toMatchObject({ resultStepId: 'step_d', agents: { [agent.agentId]: agent } })
})
