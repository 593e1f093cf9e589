import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { UsdText } from '../../money/nano-usd.ts'
import { pricePlan } from '../../task/plan-price-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'
import { QueryNumber, seqMax } from '../query-values.ts'

const { version, steps, team, oneAgent } = pricePlan.output.shape
const priced = { expectedNanoUsd: true, worstNanoUsd: true } as const
const pricedOutside = { expectedUsd: UsdText.nullable(), worstUsd: UsdText.nullable() }

export const planPriceRoutes = httpRoutesOf({
  pricePlan: {
    method: 'GET',
    path: '/api/tasks/:taskId/plans/:version/price',
    tag: 'costs',
    summary: pricePlan.summary,
    access: 'owner',
    params: z.object({ taskId: TaskId, version: QueryNumber(1, seqMax) }),
    answer: z.object({
      version,
      steps: z.array(steps.element.omit(priced).extend(pricedOutside)),
      team: team.omit(priced).extend(pricedOutside),
      oneAgent: oneAgent.omit(priced).extend(pricedOutside),
    }),
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
})
