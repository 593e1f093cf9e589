import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { CallId, TaskId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { CallPurpose } from './call-work.ts'
import { ProviderName } from './chat.ts'

const Count = z.int().nonnegative()
const Asked = { purpose: CallPurpose, provider: ProviderName, model: z.string() }

/** Answers that were looked for and not taken by whoever asked, of one question. */
export const refusedCallsMax = 1_000

export const getCallUse = endpoint({
  service: 'llm-router',
  name: 'getCallUse',
  summary:
    'What could be saved, by the journal: requests and prompts that repeat, and how models do.',
  input: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    /** Calls whose answer could not be used, as their askers say. */
    refusedCallIds: z.array(CallId).max(refusedCallsMax),
  }),
  output: z.object({
    /** Calls that were looked at: the newest of the period. */
    calls: Count,
    /** When the oldest of them started; null when there is none. */
    since: z.iso.datetime().nullable(),
    /** The very same request, asked in several places without the cache; the dearest first. */
    repeated: z.array(
      z.object({
        ...Asked,
        /** The first of each place. */
        calls: Count,
        costNanoUsd: NanoUsd,
        /** What the first one of all cost. */
        firstCostNanoUsd: NanoUsd,
        callIds: z.array(CallId),
        taskIds: z.array(TaskId),
      }),
    ),
    /** Calls whose tools and system prompt are the same; the most read first. */
    prompts: z.array(
      z.object({
        ...Asked,
        calls: Count,
        /** Of tools and system prompt. */
        promptBytes: Count,
        /** Of all that these calls sent. */
        inputBytes: Count,
        inputTokens: Count,
        cachedInputTokens: Count,
        callIds: z.array(CallId),
        taskIds: z.array(TaskId),
      }),
    ),
    models: z.array(
      z.object({
        ...Asked,
        answered: Count,
        /** Of those that were answered. */
        refused: Count,
        /** Attempts that failed by the model or its provider. */
        failed: Count,
        /** Of all these attempts. */
        costNanoUsd: NanoUsd,
      }),
    ),
  }),
  errors: [],
  timeoutMs: 8_000,
})
export type CallUse = z.infer<typeof getCallUse.output>
