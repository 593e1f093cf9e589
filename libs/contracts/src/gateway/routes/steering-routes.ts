import { z } from 'zod'
import { AgentId, StepId, TaskId } from '../../ids.ts'
import { AtSeq } from '../../task/task-endpoints.ts'
import {
  giveGuidance,
  modifyAgent,
  previewRerun,
  rerunFrom,
  retryStep,
  setBreakpoint,
} from '../../task/steering-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'
import { UsdText } from '../../money/nano-usd.ts'

const ofStep = z.object({ taskId: TaskId, stepId: StepId })
const expectedSeq = z.int().nonnegative().nullable().default(null)
const reason = retryStep.input.shape.reason.default('')
const command = {
  method: 'POST',
  tag: 'tasks',
  access: 'owner',
  status: 200,
  keyed: true,
  answer: AtSeq,
} as const
const errors = [
  'NOT_FOUND',
  'INVALID_INPUT',
  'TASK_ENDED',
  'TASK_READ_ONLY',
  'NOT_ALLOWED_NOW',
  'SEQ_CONFLICT',
  'IDEMPOTENCY_CONFLICT',
] as const

const priced = { spentNanoUsd: true, expectedNanoUsd: true } as const
const pricedOutside = { spentUsd: UsdText, expectedUsd: UsdText.nullable() }
const PreviewOutside = previewRerun.output.omit({ ...priced, worstNanoUsd: true }).extend({
  ...pricedOutside,
  worstUsd: UsdText.nullable(),
  steps: z.array(previewRerun.output.shape.steps.element.omit(priced).extend(pricedOutside)),
})

/** What people do to steps and agents while a task runs. */
export const steeringRoutes = httpRoutesOf({
  retryStep: {
    ...command,
    path: '/api/tasks/:taskId/steps/:stepId/retry',
    summary: retryStep.summary,
    params: ofStep,
    body: z
      .strictObject({
        expectedSeq,
        reason,
        strategy: retryStep.input.shape.strategy,
        guidance: retryStep.input.shape.guidance.default(null),
      })
      .prefault({}),
    errors: [...errors],
  },
  previewRerun: {
    method: 'GET',
    tag: 'tasks',
    access: 'owner',
    status: 200,
    keyed: false,
    path: '/api/tasks/:taskId/steps/:stepId/rerun',
    summary: previewRerun.summary,
    params: ofStep,
    answer: PreviewOutside,
    errors: ['NOT_FOUND', 'TASK_ENDED', 'TASK_READ_ONLY', 'NOT_ALLOWED_NOW'],
  },
  rerunFrom: {
    ...command,
    path: '/api/tasks/:taskId/steps/:stepId/rerun',
    summary: rerunFrom.summary,
    params: ofStep,
    body: z
      .strictObject({ expectedSeq, reason, seen: rerunFrom.input.shape.seen.default(null) })
      .prefault({}),
    errors: [...errors, 'CHANGED_SINCE'],
  },
  setBreakpoint: {
    ...command,
    path: '/api/tasks/:taskId/steps/:stepId/breakpoint',
    summary: setBreakpoint.summary,
    params: ofStep,
    body: z.strictObject({ expectedSeq, isSet: z.boolean() }),
    errors: [...errors],
  },
  giveGuidance: {
    ...command,
    path: '/api/tasks/:taskId/guidance',
    summary: giveGuidance.summary,
    params: z.object({ taskId: TaskId }),
    body: z.strictObject({
      expectedSeq,
      stepId: StepId.nullable().default(null),
      text: giveGuidance.input.shape.text,
    }),
    errors: [...errors],
  },
  modifyAgent: {
    ...command,
    path: '/api/tasks/:taskId/agents/:agentId',
    summary: modifyAgent.summary,
    params: z.object({ taskId: TaskId, agentId: AgentId }),
    body: z.strictObject({
      expectedSeq,
      reason,
      version: modifyAgent.input.shape.version,
      changes: modifyAgent.input.shape.changes,
      when: modifyAgent.input.shape.when,
    }),
    errors: [...errors, 'CHANGED_SINCE'],
  },
})
