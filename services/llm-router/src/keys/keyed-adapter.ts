import type { ProviderAdapter } from '../providers/provider-adapter.ts'
import { ProviderFailure } from '../providers/provider-failure.ts'

/** An adapter that says when it is used, and whose failures never repeat the key, whoever quotes it. */
export const keyedAdapter = (
  adapter: ProviderAdapter,
  value: string,
  onUse: () => void,
): ProviderAdapter => {
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    onUse()
    try {
      return await work()
    } catch (error) {
      throw withoutKey(error, value)
    }
  }
  const { provider, defaultModel, embedder } = adapter
  return {
    provider,
    defaultModel,
    ...(embedder === undefined
      ? {}
      : {
          embedder: {
            defaultModel: embedder.defaultModel,
            embed: (request, options) => run(() => embedder.embed(request, options)),
          },
        }),
    chat: (request, options) => run(() => adapter.chat(request, options)),
    stream: (request, options) => run(() => adapter.stream(request, options)),
  }
}

/** Enough of a key to be told from other words, also where its end was cut off. */
const tellingCharacters = 12

/** The same failure in words that can be stored and shown. */
export const withoutKey = (error: unknown, value: string): unknown => {
  if (!(error instanceof ProviderFailure)) return error
  const beginning = value.slice(0, tellingCharacters)
  const said = error.message
    .split(' ')
    .map((word) => {
      const at = word.indexOf(beginning)
      return at < 0 ? word : `${word.slice(0, at)}[key]`
    })
    .join(' ')
  return said === error.message ? error : error.saying(said)
}
