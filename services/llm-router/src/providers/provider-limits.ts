/** What a provider says about one of its limits with a reply. */
export type ProviderLimit = {
  limit: number
  left: number
  /** Until all of it is there again. */
  resetMs: number
}

/** What is left of our rate limits, as the provider states it with a reply. Null where it says nothing. */
export type ProviderLimits = { requests: ProviderLimit | null; tokens: ProviderLimit | null }
