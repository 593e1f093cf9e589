import { z } from 'zod'
import { Actor } from '../actor.ts'
import { endpoint } from '../endpoint.ts'
import { FailureClass } from './call-facts.ts'
import { RecoveryStrategy } from './recovery-strategy.ts'

const Version = z.int().positive()

/** One change of the strategies. Versions are dense, and never changed. */
export const RecoveryVersion = z.object({
  version: Version,
  author: Actor,
  at: z.iso.datetime(),
  /** Null: the strategies that ship, as a whole. */
  failureClass: FailureClass.nullable(),
  /** What that class does from then on; null where the whole set was changed. */
  strategy: RecoveryStrategy.nullable(),
})
export type RecoveryVersion = z.infer<typeof RecoveryVersion>

/** What may be chosen for one class, and why the rest may not. */
export const RecoveryLine = z.object({
  failureClass: FailureClass,
  strategy: RecoveryStrategy,
  isDefault: z.boolean(),
  possible: z.array(z.enum(['retry', 'wait', 'repair', 'fall-back', 'ask', 'fail'])),
})
export type RecoveryLine = z.infer<typeof RecoveryLine>

export const listRecoveryStrategies = endpoint({
  service: 'llm-router',
  name: 'listRecoveryStrategies',
  summary:
    'What a call does after each class of failure, and which version of the strategies it is.',
  input: z.object({}),
  output: z.object({ version: Version, items: z.array(RecoveryLine) }),
  errors: [],
  timeoutMs: 2_000,
})

/** A change that was made from an older version than the newest is refused where it names the version. */
const expectedVersion = Version.nullable()

export const setRecoveryStrategy = endpoint({
  service: 'llm-router',
  name: 'setRecoveryStrategy',
  summary: 'Makes a new version of the strategies in which one class does something else.',
  input: z.object({ failureClass: FailureClass, strategy: RecoveryStrategy, expectedVersion }),
  output: RecoveryVersion,
  errors: ['STRATEGY_REFUSED', 'VERSION_CONFLICT'],
  timeoutMs: 5_000,
})

export const resetRecoveryStrategies = endpoint({
  service: 'llm-router',
  name: 'resetRecoveryStrategies',
  summary: 'Makes a new version with the strategy that ships: of one class, or of all.',
  input: z.object({ failureClass: FailureClass.nullable(), expectedVersion }),
  output: RecoveryVersion,
  errors: ['VERSION_CONFLICT'],
  timeoutMs: 5_000,
})

export const listRecoveryVersions = endpoint({
  service: 'llm-router',
  name: 'listRecoveryVersions',
  summary: 'The changes of the strategies, the newest first.',
  input: z.object({ before: Version.nullable(), limit: z.int().min(1).max(200) }),
  output: z.object({ items: z.array(RecoveryVersion), nextBefore: Version.nullable() }),
  errors: [],
  timeoutMs: 2_000,
})
