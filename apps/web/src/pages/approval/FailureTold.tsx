import type { FailureQuestion } from '@maestro/contracts/task/failure-question'
import { failureWords } from '../failure-words.ts'
import { providerNames } from '../provider-names.ts'

const outcomes = { answered: 'answered', failed: 'failed', lost: 'lost', skipped: 'passed over' }

/** What failed, what was tried, and what one could do. */
export const FailureTold = ({
  question: { message, failureClass, suggestion, tried, step },
}: {
  question: FailureQuestion
}) => (
  <div className="flex max-w-[720px] flex-col gap-2 text-13 text-text-2">
    <p>
      <span className="font-medium text-text">{failureWords[failureClass]}.</span> {message}
    </p>
    {tried.length > 0 && (
      <ol aria-label="What was tried" className="flex flex-col gap-1">
        {tried.map(({ provider, model, outcome, reason }, index) => (
          // The tries of a call that has ended never change their order.
          <li key={index}>
            <span className="font-medium text-text">
              {providerNames[provider]}
              {model !== 'none' && ` ${model}`}
            </span>{' '}
            {outcomes[outcome]}
            {reason !== '' && `: ${reason}`}
          </li>
        ))}
      </ol>
    )}
    {step !== undefined && step.kept.length > 0 && (
      <p>Delivered and kept: {step.kept.join(', ')}.</p>
    )}
    {step !== undefined && step.waiting.length > 0 && (
      <p>Waiting for it: {step.waiting.join(', ')}.</p>
    )}
    <p className="font-medium text-text">{suggestion}</p>
  </div>
)
