import { AppError } from '@maestro/contracts/errors'
import { messageOf } from '../../../api/request-id.ts'

/** Which rule of the plan refused a change, and what could be done instead. */
export const EditRefusal = ({ error }: { error: unknown }) => {
  const { reason, allowed } = error instanceof AppError ? error.details : {}
  return (
    <div role="alert" className="flex flex-col gap-1 text-13">
      <p className="font-medium text-failed">
        {typeof reason === 'string' ? reason : messageOf(error)}
      </p>
      {Array.isArray(allowed) && allowed.length > 0 && (
        <p className="text-text-2">Possible instead: {allowed.join(', ')}.</p>
      )}
    </div>
  )
}
