import { useCallback, useEffect, useState } from 'react'

const shownForMs = 1_600

type Outcome = { readonly what: string; readonly isCopied: boolean }

/** Copies, and knows for a moment of what that is told. `what` names it among others that could be copied there. */
export const useCopied = () => {
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), shownForMs)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = useCallback((text: string, what = '') => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome({ what, isCopied: true }),
      () => setOutcome({ what, isCopied: false }),
    )
  }, [])
  const said = outcome === null ? null : outcome.isCopied ? 'Copied' : 'The browser refused'
  return { copy, said, copied: outcome?.isCopied ? outcome.what : null }
}
