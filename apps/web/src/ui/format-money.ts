/** Four decimals below a dollar, else two; a cost that would read as nothing says so. */
export const formatMoney = (nanoUsd: number): string => {
  if (nanoUsd === 0) return '$0.00'
  if (nanoUsd < 50_000) return '<$0.0001'
  const usd = nanoUsd / 1_000_000_000
  if (usd < 1) {
    const text = usd.toFixed(4)
    return text === '1.0000' ? '$1.00' : `$${text}`
  }
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

/** A limit as people wrote it: no decimals that say nothing. */
export const formatLimit = (nanoUsd: number): string => {
  const usd = nanoUsd / 1_000_000_000
  return Number.isInteger(usd) ? `$${usd.toLocaleString('en-US')}` : formatMoney(nanoUsd)
}
