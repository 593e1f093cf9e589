import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { UserId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'

export const getCacheUse = endpoint({
  service: 'llm-router',
  name: 'getCacheUse',
  summary: 'What the cache of answers did on each of the last days, and what it saved.',
  input: z.object({
    /** Null: for everyone together. */
    userId: UserId.nullable(),
    days: z.int().min(1).max(366),
  }),
  output: z.object({
    /** The newest day first; a day without such calls is left out. */
    items: z.array(
      z.object({
        /** UTC. */
        day: z.iso.date(),
        /** Calls that were answered with what was there. */
        hits: z.int().nonnegative(),
        /** Calls that were answered with what another one was just buying. */
        joins: z.int().nonnegative(),
        /** Calls that could have been, and were made. */
        misses: z.int().nonnegative(),
        savedNanoUsd: NanoUsd,
      }),
    ),
  }),
  errors: [],
  timeoutMs: 2_000,
})
