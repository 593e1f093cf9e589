import { registerHooks } from 'node:module'
import type * as Sdk from '@google/generative-ai'

const mark = '?with-fetch'

/** The SDK only knows the global fetch; what it was made to be replaced for tests with is out of reach. */
const passage = 'return makeRequest(url, fetchOptions, fetchFn);'
const mended = 'return makeRequest(url, fetchOptions, requestOptions.fetch ?? fetchFn);'

/**
 * Loads @google/generative-ai, mended in one place: requests leave by the `fetch` that its request
 * options name (ADR 9). The hooks are gone when it is there; nothing else is changed.
 * @throws {Error} for another version, in which somebody has to look where that place is.
 */
export const loadGeminiSdk = async (): Promise<typeof Sdk> => {
  const hooks = registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      if (!url.endsWith(mark)) return loaded
      const parts = Buffer.from(loaded.source as Uint8Array)
        .toString()
        .split(passage)
      if (parts.length !== 2)
        throw new Error(`@google/generative-ai has ${parts.length - 1} times: ${passage}`)
      return { ...loaded, source: parts.join(mended) }
    },
  })
  try {
    const module: unknown = await import(import.meta.resolve('@google/generative-ai') + mark)
    return module as typeof Sdk
  } finally {
    hooks.deregister()
  }
}

/** Request options as the mended SDK reads them. */
export const withFetch = (options: Sdk.RequestOptions, send: typeof fetch): Sdk.RequestOptions => {
  const mendedOptions = { ...options, fetch: send }
  return mendedOptions
}
