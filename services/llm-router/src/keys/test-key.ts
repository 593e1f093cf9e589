import { keyTestTimeoutMs, type testProviderKey } from '@maestro/contracts/llm/key-endpoints'
import type { z } from 'zod'
import { oneLine } from '../call/attempt-facts.ts'
import type { ListedModel } from '../models/listed-model.ts'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { withoutKey } from './keyed-adapter.ts'

export type KeyTest = z.infer<typeof testProviderKey.output>

/** The cheapest real call: a list of models. Says what the provider said of the key, and never the key. */
export const testKey = async (
  value: string,
  list: (asked: { apiKey: string; signal: AbortSignal }) => Promise<readonly ListedModel[]>,
): Promise<KeyTest> => {
  const startedAtMs = performance.now()
  const latencyMs = () => Math.round(performance.now() - startedAtMs)
  const signal = AbortSignal.timeout(keyTestTimeoutMs)
  try {
    const models = await list({ apiKey: value, signal })
    return { accepted: true, models: models.length, latencyMs: latencyMs() }
  } catch (error) {
    if (signal.aborted) {
      const message = `The provider did not answer within ${keyTestTimeoutMs / 1_000} s. Try again.`
      return { accepted: false, failureClass: 'timeout', message, latencyMs: latencyMs() }
    }
    const failure = withoutKey(error, value)
    if (!(failure instanceof ProviderFailure)) throw failure
    const { failureClass, message } = failure
    const advice = failureClass === 'auth' ? 'Check the key at the provider, and add it again.' : ''
    return {
      accepted: false,
      failureClass,
      message: oneLine(`${message} ${advice}`),
      latencyMs: latencyMs(),
    }
  }
}
