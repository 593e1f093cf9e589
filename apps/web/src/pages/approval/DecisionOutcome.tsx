import { requestIdOf } from '../../api/request-id.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { StillWaiting } from '../task/StillWaiting.tsx'
import { refusalOfDecision } from './refusal-of-decision.ts'
import type { useDecision } from './use-decision.ts'

/** Why a decision was not taken; or that it is on its way for longer than one waits without a word. */
export const DecisionOutcome = ({ decision }: { decision: ReturnType<typeof useDecision> }) => {
  const { error, isPending, isSuccess, checkAgain } = decision
  return (
    <>
      <StillWaiting isPending={isPending || isSuccess} onCheck={checkAgain} />
      {error !== null && (
        <p
          role="alert"
          className="flex flex-wrap items-center gap-2 text-13 font-medium text-failed"
        >
          {refusalOfDecision(error)}
          {requestIdOf(error) !== null && (
            <CopyButton text={requestIdOf(error) ?? ''} label="Copy request id" />
          )}
        </p>
      )}
    </>
  )
}
