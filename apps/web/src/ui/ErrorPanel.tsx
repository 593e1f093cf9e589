import { CircleAlert, RotateCw } from 'lucide-react'
import { Button } from './Button.tsx'
import { CopyButton } from './CopyButton.tsx'

type Props = {
  /** What failed, and what still works. */
  title: string
  message: string
  requestId: string | null
  onRetry?: () => void
}

/** One panel that could not be filled; the rest of the page goes on. */
export const ErrorPanel = ({ title, message, requestId, onRetry }: Props) => (
  <div role="alert" className="m-4 flex flex-col gap-2 rounded-6 border border-failed p-4">
    <p className="flex items-center gap-2 text-14 font-medium text-failed">
      <CircleAlert aria-hidden size={16} className="shrink-0" />
      {title}
    </p>
    <p className="text-14 text-text-2">{message}</p>
    <div className="flex flex-wrap items-center gap-3">
      {onRetry && (
        <Button size="small" icon={RotateCw} onClick={onRetry}>
          Try again
        </Button>
      )}
      {requestId && (
        <span className="flex items-center gap-1 text-12 text-text-3">
          Request <code className="font-mono text-text-2">{requestId}</code>
          <CopyButton text={requestId} name="Copy the request id" />
        </span>
      )}
    </div>
  </div>
)
