import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useKeyHint } from '../../shell/use-key-hint.ts'
import { Button } from '../../ui/Button.tsx'

type Props = {
  unavailable: string | null
  /** What comes of it beside the record. */
  means?: string
  onClick: () => void
  children: ReactNode
}

/** Asks for the words of a rejection; its key does the same. */
export const RejectButton = ({ unavailable, means, onClick, children }: Props) => {
  const hint = useKeyHint()
  const asks = means === undefined ? 'It asks why first' : `${means}; it asks why first`
  return (
    <Button
      look="danger"
      icon={X}
      unavailable={unavailable}
      hint={hint(asks, 'reject')}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}
