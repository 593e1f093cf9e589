import type { EstimateBasis } from '@maestro/contracts/budget/estimate-endpoints'

type Price = {
  readonly expectedUsd: string | null
  readonly worstUsd: string | null
  readonly worstBy?: 'limit' | 'plan' | null
}

/** To the last decimal: what is approved is exact. An amount that nobody knows is not nothing. */
export const expectedWords = ({ expectedUsd }: Price): string =>
  expectedUsd === null ? 'not known' : `$${expectedUsd}`

export const worstWords = ({ worstUsd, worstBy }: Price): string => {
  if (worstUsd === null) return 'no bound'
  return worstBy === 'limit' ? `$${worstUsd}, its limit` : `$${worstUsd}`
}

/** What an expectation rests on. */
export const basisWords: Record<EstimateBasis, string> = {
  role: 'by what this role used before, with this model',
  model: 'by what other roles used before, with this model',
  operation: 'by what such work used before, with other models',
  bounds: 'no such work was done before, so the worst is expected',
  nothing: 'no such work was done before, and nothing bounds it',
}
