import { z } from 'zod'
import { Actor } from '../actor.ts'
import { endpoint } from '../endpoint.ts'
import { UserId } from '../ids.ts'
import { CallStrategy, SystemStrategy } from './call-strategy.ts'
import { ProviderName } from './chat.ts'

/** The system's strategy in one version. Versions are dense, and never changed. */
export const StrategyVersion = z.object({
  version: z.int().positive(),
  strategy: SystemStrategy,
  author: Actor,
  at: z.iso.datetime(),
})
export type StrategyVersion = z.infer<typeof StrategyVersion>

export const getStrategy = endpoint({
  service: 'llm-router',
  name: 'getStrategy',
  summary: 'Who answers calls in which order, where nothing else is wished.',
  input: z.object({}),
  output: StrategyVersion,
  errors: [],
  timeoutMs: 2_000,
})

export const setStrategy = endpoint({
  service: 'llm-router',
  name: 'setStrategy',
  summary: 'Makes a new version of the system’s strategy; it holds for calls from now on.',
  input: z.object({
    strategy: SystemStrategy,
    /** A change that was made from an older version than the newest is refused where it names the version. */
    expectedVersion: z.int().positive().nullable(),
  }),
  output: StrategyVersion,
  errors: ['VERSION_CONFLICT'],
  timeoutMs: 5_000,
})

/** A model that may answer a call. */
export const CallCandidate = z.object({
  provider: ProviderName,
  model: z.string(),
  /** What a request and its answer can have together; null: nobody says. */
  contextTokensMax: z.int().positive().nullable(),
})
export type CallCandidate = z.infer<typeof CallCandidate>

export const listCandidates = endpoint({
  service: 'llm-router',
  name: 'listCandidates',
  summary:
    'Who may answer calls under some strategies, in their order, as the system is configured now.',
  input: z.object({
    /** Whose keys count beside those of the system. */
    userId: UserId,
    strategies: z.array(CallStrategy).min(1).max(64),
  }),
  output: z.object({
    /** One list for each strategy. */
    items: z.array(z.array(CallCandidate)),
  }),
  errors: [],
  timeoutMs: 3_000,
})
