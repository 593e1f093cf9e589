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
import { httpRoutesOf, keyedAs, saidAs } from '../http-route.ts'
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
    ...keyedAs(retryStep),
    params: ofStep,
    body: z
      .strictObject({
        expectedSeq,
        reason,
        strategy: retryStep.input.shape.strategy,
        guidance: retryStep.input.shape.guidance.default(null),
      })
      .prefault({}),
  },
  previewRerun: {
    method: 'GET',
    tag: 'tasks',
    access: 'owner',
    status: 200,
    keyed: false,
    path: '/api/tasks/:taskId/steps/:stepId/rerun',
    ...saidAs(previewRerun),
    params: ofStep,
    answer: PreviewOutside,
  },
  rerunFrom: {
    ...command,
    path: '/api/tasks/:taskId/steps/:stepId/rerun',
    ...keyedAs(rerunFrom),
    params: ofStep,
    body: z
      .strictObject({ expectedSeq, reason, seen: rerunFrom.input.shape.seen.default(null) })
      .prefault({}),
  },
  setBreakpoint: {
    ...command,
    path: '/api/tasks/:taskId/steps/:stepId/breakpoint',
    ...keyedAs(setBreakpoint),
    params: ofStep,
    body: z.strictObject({ expectedSeq, isSet: z.boolean() }),
  },
  giveGuidance: {
    ...command,
    path: '/api/tasks/:taskId/guidance',
    ...keyedAs(giveGuidance),
    params: z.object({ taskId: TaskId }),
    body: z.strictObject({
      expectedSeq,
      stepId: StepId.nullable().default(null),
      text: giveGuidance.input.shape.text,
    }),
  },
  modifyAgent: {
    ...command,
    path: '/api/tasks/:taskId/agents/:agentId',
    ...keyedAs(modifyAgent),
    params: z.object({ taskId: TaskId, agentId: AgentId }),
    body: z.strictObject({
      expectedSeq,
      reason,
      version: modifyAgent.input.shape.version,
      changes: modifyAgent.input.shape.changes,
      when: modifyAgent.input.shape.when,
    }),
  },
})
