import { requestIdOf } from '../../api/request-id.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { refusalOfDecision } from './refusal-of-decision.ts'

/** Why a decision was not taken. */
export const DecisionFailure = ({ error }: { error: unknown }) => (
  <p role="alert" className="flex flex-wrap items-center gap-2 text-13 font-medium text-failed">
    {refusalOfDecision(error)}
    {requestIdOf(error) !== null && (
      <CopyButton text={requestIdOf(error) ?? ''} label="Copy request id" />
    )}
  </p>
)
