/** What a call holds or used, in both units that budgets count. Integers, so that they add up exactly. */
export type Amount = { readonly nanoUsd: number; readonly tokens: number }

export const nothing: Amount = { nanoUsd: 0, tokens: 0 }

export const minus = (a: Amount, b: Amount): Amount => ({
  nanoUsd: a.nanoUsd - b.nanoUsd,
  tokens: a.tokens - b.tokens,
})
