import { nanoUsdFromText, UsdText } from '@maestro/contracts/money/nano-usd'

/** Why a limit cannot be raised by what was typed; null when it can. `least` is in the unit of the budget. */
export const raiseProblem = (
  typed: string,
  { isTokens, least }: { isTokens: boolean; least: number },
): string | null => {
  const text = typed.trim()
  if (isTokens)
    return /^\d{1,15}$/.test(text) && Number(text) >= least
      ? null
      : `A whole number of tokens, ${least} at least`
  const usd = UsdText.safeParse(text)
  if (!usd.success) return 'An amount in dollars, such as 0.50'
  return nanoUsdFromText(usd.data) >= least ? null : 'Less would be refused again'
}
