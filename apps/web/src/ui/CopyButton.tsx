import { Check, Copy } from 'lucide-react'
import { Button } from './Button.tsx'
import { useCopied } from './use-copied.ts'

type Props = {
  text: string | (() => string)
  label?: string
  name?: string
  look?: 'quiet' | 'secondary'
}

/** Copies, and says that it has: by its own label, which is announced. */
export const CopyButton = ({ text, label, name = 'Copy', look = 'quiet' }: Props) => {
  const { copy, said, copied } = useCopied()
  return (
    <>
      <Button
        look={look}
        size="small"
        icon={copied === null ? Copy : Check}
        onClick={() => copy(typeof text === 'string' ? text : text())}
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
