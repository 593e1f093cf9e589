import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './Button.tsx'

type Props = {
  text: string | (() => string)
  label?: string
  name?: string
  look?: 'quiet' | 'secondary'
}

/** Copies, and says that it has: by its own label, which is announced. */
export const CopyButton = ({ text, label, name = 'Copy', look = 'quiet' }: Props) => {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)

  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), 1_600)
    return () => clearTimeout(timer)
  }, [outcome])

  const copy = () => {
    const content = typeof text === 'string' ? text : text()
    navigator.clipboard.writeText(content).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  }
  const said = outcome === null ? null : outcome === 'copied' ? 'Copied' : 'The browser refused'
  return (
    <>
      <Button
        look={look}
        size="small"
        icon={outcome === 'copied' ? Check : Copy}
        onClick={copy}
        aria-label={label === undefined ? name : undefined}
        hint={label === undefined ? (said ?? name) : null}
      >
        {label === undefined ? undefined : (said ?? label)}
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  )
}
