import { messageOf, requestIdOf } from '../api/request-id.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'

type Props = { what: string; error: unknown; onRetry: () => void }

/** A question that got no answer, in its own panel. */
export const QueryFailure = ({ what, error, onRetry }: Props) => (
  <ErrorPanel
    title={`${what} could not be read`}
    message={messageOf(error)}
    requestId={requestIdOf(error)}
    onRetry={onRetry}
  />
)
