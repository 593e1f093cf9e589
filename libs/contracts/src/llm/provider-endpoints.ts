import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { CallId } from '../ids.ts'
import { ProviderName } from './chat.ts'
import { ModelHealth } from './model-health.ts'

export const listProviders = endpoint({
  service: 'llm-router',
  name: 'listProviders',
  summary: 'The providers in fallback order, whether each can be used now, and how its models do.',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        provider: ProviderName,
        configured: z.boolean(),
        model: z.string(),
        /** `cooling`: told to wait, or failing too often; used again at `until`. */
        state: z.enum(['ready', 'cooling', 'off']),
        until: z.iso.datetime().nullable(),
        reason: z.string(),
        /** Its default model and those that were asked lately, with each key. */
        models: z.array(ModelHealth).max(32),
      }),
    ),
  }),
  errors: [],
  timeoutMs: 2_000,
})

export const cancelCalls = endpoint({
  service: 'llm-router',
  name: 'cancelCalls',
  summary: 'Marks calls as cancelled for good: what runs is stopped, what waits is not sent.',
  input: z.object({ callIds: z.array(CallId).max(2_000) }),
  output: z.object({}),
  errors: [],
  timeoutMs: 5_000,
})
