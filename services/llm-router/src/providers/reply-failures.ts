import { ProviderFailure } from './provider-failure.ts'

/** A reply that is no answer, whatever the SDK would make of it. */
export const replyFailures = {
  endless: (provider: string) =>
    new ProviderFailure(
      'incomplete_stream',
      `${provider} sent more than any answer has, and was cut off.`,
    ),
  noText: (provider: string) =>
    new ProviderFailure(
      'incomplete_stream',
      `${provider} sent bytes that are no text (UTF-8). Look at what stands between it and us.`,
    ),
  // Not the provider speaks: somebody on the way to it does, or somebody else at its address.
  webPage: (provider: string) =>
    new ProviderFailure(
      'network',
      `A web page came in place of an answer of ${provider}. Check its address, and proxies on the way.`,
    ),
  keptConnectionClosed: (provider: string, cause: unknown) =>
    new ProviderFailure(
      'network',
      `${provider} closed the connection that we had kept open, as the request went out.`,
      { cause, isKeptConnectionClosed: true },
    ),
} as const
