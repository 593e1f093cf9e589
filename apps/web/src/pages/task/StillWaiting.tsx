import { Button } from '../../ui/Button.tsx'
import { useIsLate } from './use-is-late.ts'

type Props = {
  /** It is on its way: sent, or answered without its event having arrived. */
  isPending: boolean
  onCheck: () => void
}

/** What was asked for and has had no effect for a while, and a way not to wait for news of it. */
export const StillWaiting = ({ isPending, onCheck }: Props) => {
  const isLate = useIsLate(isPending)
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-2 text-13 text-text-2 empty:sr-only"
    >
      {isLate && (
        <>
          Still waiting for it to take effect
          <Button size="small" onClick={onCheck}>
            Check again
          </Button>
        </>
      )}
    </p>
  )
}
