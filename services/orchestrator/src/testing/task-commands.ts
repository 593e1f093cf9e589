import { approvalIdOf, stepCallIdOf, stepIdOf, type TaskId } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { PlanDraft } from '@maestro/contracts/task/plan-draft'
import type { TaskOptions } from '@maestro/contracts/task/task-options'
import { payloadOf } from '@maestro/service-kit/payload'
import { checkPlan } from '@maestro/task-model/plan/check-plan'
import type { CallPlace, TaskCommand } from '@maestro/task-model/task-command'
import {
  ada,
  factsWith,
  optionsWith,
  orchestrator,
} from '@maestro/task-model/testing/task-fixtures'
import type { CommandRequest } from '../command/command-handler.ts'
import { planFromDraft } from '../plan/plan-from-draft.ts'

/** A plan by what each step needs; the last one delivers the result. */
export const planNeeding = (
  steps: Record<string, readonly string[]>,
  { tools = [], instruction = 'Do it.' }: { tools?: string[]; instruction?: string } = {},
): PlanDraft => ({
  agents: [
    { name: 'worker', prompt: 'Work.', description: 'Works.', tools: [...tools], suggestions: [] },
  ],
  steps: Object.entries(steps).map(([name, needs]) => ({
    name,
    title: `Step ${name}`,
    agent: 'worker',
    instruction,
    needs: [...needs],
    inputs: [],
    promise: { description: 'a word', format: 'text', from: 'answer' },
    retriesMax: 0,
  })),
  result: Object.keys(steps).at(-1) ?? null,
})

/** A task that runs `plan`, as `createTask` asks for it. */
export const creation = (
  taskId: TaskId,
  {
    goal = 'Do it',
    plan = planNeeding({ a: [], b: ['a'] }),
    options = {},
    at = new Date().toISOString(),
  }: {
    goal?: string
    plan?: PlanDraft | null
    options?: Parameters<typeof optionsWith>[0]
    at?: string
  } = {},
): CommandRequest => {
  const goalText = payloadOf('orchestrator', goal, 'text/markdown')
  if (plan !== null) {
    const problems = checkPlan(plan, {
      toolNames: ['read_input', 'run_javascript'],
      inputNames: [],
    })
    if (problems.length > 0) throw new Error(problems.join('\n'))
  }
  const proposed = plan === null ? null : planFromDraft(taskId, plan, '')
  const filled: TaskOptions = optionsWith(options)
  return {
    taskId,
    command: {
      type: 'CreateTask',
      at,
      actor: ada,
      taskId,
      title: goal,
      goal: goalText.ref,
      inputs: [],
      options: filled,
      plan: proposed?.plan ?? null,
    },
    payloads: [goalText, ...(proposed?.payloads ?? [])],
    birth: { goal, requestHash: `hash of ${goal}` },
  }
}

export const stepPlaceOf = (
  taskId: TaskId,
  name: string,
  { attempt = 1, turn = 1 } = {},
): Extract<CallPlace, { purpose: 'step' }> => {
  const stepId = stepIdOf(name)
  const callId = stepCallIdOf(taskId, stepId, attempt, turn)
  return { callId, purpose: 'step', stepId, role: null, attempt, turn }
}

const answerRef: PayloadRef = {
  service: 'llm-router',
  sha256: 'a'.repeat(64),
  bytes: 10,
  mediaType: 'application/json',
  preview: '',
}

/** The first turn of a step answers with its output. */
export const stepAnswer = (taskId: TaskId, name: string, output = `output of ${name}`) => {
  const text = payloadOf('orchestrator', output, 'text/markdown')
  const command: TaskCommand = {
    type: 'FinishTurn',
    at: new Date().toISOString(),
    actor: orchestrator,
    place: stepPlaceOf(taskId, name),
    answered: { answer: answerRef, text: text.ref, facts: factsWith() },
    toolCalls: [],
  }
  return { taskId, command, payloads: [text] } satisfies CommandRequest
}

export const control = (
  taskId: TaskId,
  type: 'PauseTask' | 'ResumeTask',
  expectedSeq: number | null = null,
): CommandRequest => ({
  taskId,
  command: { type, at: new Date().toISOString(), actor: ada },
  expectedSeq,
})

export const approval = (taskId: TaskId, what: string): CommandRequest => ({
  taskId,
  command: {
    type: 'DecideApproval',
    at: new Date().toISOString(),
    actor: ada,
    approvalId: approvalIdOf(taskId, what),
    decision: 'approve',
    reason: '',
    guidance: null,
  },
})

export const cancellation = (taskId: TaskId, reason = 'enough'): CommandRequest => ({
  taskId,
  command: { type: 'CancelTask', at: new Date().toISOString(), actor: ada, reason },
})
