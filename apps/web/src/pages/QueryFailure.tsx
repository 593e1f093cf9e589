import { messageOf, requestIdOf } from '../api/request-id.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { formatClock } from '../ui/format-time.ts'

type Props = {
  what: string
  error: unknown
  /** When what is still shown was read; 0 where nothing is. */
  shownOf?: number
  onRetry: () => void
}

/** A question that got no answer, in its own panel. */
export const QueryFailure = ({ what, error, shownOf = 0, onRetry }: Props) => (
  <ErrorPanel
    title={`${what} could not be read`}
    message={`${messageOf(error)}${shownOf > 0 ? ` What is shown is of ${formatClock(shownOf)}.` : ''}`}
    requestId={requestIdOf(error)}
    onRetry={onRetry}
  />
)
