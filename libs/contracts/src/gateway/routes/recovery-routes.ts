import { z } from 'zod'
import { FailureClass } from '../../llm/call-facts.ts'
import {
  listRecoveryStrategies,
  listRecoveryVersions,
  RecoveryVersion,
} from '../../llm/recovery-endpoints.ts'
import { RecoveryStrategy } from '../../llm/recovery-strategy.ts'
import { httpRoutesOf } from '../http-route.ts'
import { QueryLimit, QueryNumber } from '../query-values.ts'

const tag = 'recovery'
const Version = RecoveryVersion.shape.version

/** What follows from failures of providers, and how it was changed. */
export const recoveryRoutes = httpRoutesOf({
  listRecoveryStrategies: {
    method: 'GET',
    path: '/api/recovery-strategies',
    tag,
    summary: 'What a call does after each class of failure.',
    access: 'owner',
    answer: listRecoveryStrategies.output,
    status: 200,
    keyed: false,
    errors: [],
  },
  setRecoveryStrategy: {
    method: 'PUT',
    path: '/api/recovery-strategies/:failureClass',
    tag,
    summary: 'Changes what a call does after one class of failure, as a new version.',
    access: 'owner',
    params: z.object({ failureClass: FailureClass }),
    body: z.strictObject({ strategy: RecoveryStrategy, expectedVersion: Version.optional() }),
    answer: RecoveryVersion,
    status: 200,
    keyed: false,
    errors: ['STRATEGY_REFUSED', 'VERSION_CONFLICT'],
  },
  resetRecoveryStrategies: {
    method: 'POST',
    path: '/api/recovery-strategies/reset',
    tag,
    summary: 'Goes back to what ships, for one class or for all, as a new version.',
    access: 'owner',
    body: z.strictObject({
      failureClass: FailureClass.optional(),
      expectedVersion: Version.optional(),
    }),
    answer: RecoveryVersion,
    status: 200,
    keyed: true,
    errors: ['VERSION_CONFLICT', 'IDEMPOTENCY_CONFLICT'],
  },
  listRecoveryVersions: {
    method: 'GET',
    path: '/api/recovery-strategies/history',
    tag,
    summary: 'The changes of the recovery strategies, the newest first.',
    access: 'owner',
    query: z.strictObject({
      before: QueryNumber(1, 2_147_483_647).optional(),
      limit: QueryLimit,
    }),
    answer: listRecoveryVersions.output,
    status: 200,
    keyed: false,
    errors: [],
  },
})
