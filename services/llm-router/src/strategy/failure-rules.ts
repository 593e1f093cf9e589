import type { FailureClass } from '@maestro/contracts/llm/call-facts'

type FailureRule = {
  /** Whether the same provider may do better at once: `once` after a backoff, `cooled` when it has waited as told. */
  sameProvider: 'once' | 'cooled' | 'never'
  /** Whether a provider that refuses like this has not run the model, so that nothing is billed. */
  isFree: boolean
  /** Whether a failed call may be opened again by a higher `ask` of the same id; else the failure is its answer for good. */
  isAskable: boolean
  /** What a person can do about it. */
  advice: string
}

const rule = (
  sameProvider: FailureRule['sameProvider'],
  isFree: boolean,
  isAskable: boolean,
  advice: string,
): FailureRule => ({ sameProvider, isFree, isAskable, advice })

/**
 * What follows from each class of failure. The next provider is always tried, except after
 * `cancelled`, `budget`, `deadline` and `no_provider`, which end the call.
 */
export const failureRules: Readonly<Record<FailureClass, FailureRule>> = {
  rate_limited: rule('cooled', true, true, 'Wait, or add a second provider to fall back to.'),
  overloaded: rule('once', true, true, 'Try again soon, or add a second provider.'),
  timeout: rule('once', false, true, 'Try again, or allow the task more time.'),
  network: rule('once', false, true, 'Check the connection and the address of the provider.'),
  auth: rule('never', true, false, 'Check the API key of the provider.'),
  not_found: rule('never', true, false, 'Choose a model that the provider has.'),
  too_large: rule(
    'never',
    true,
    false,
    'Shorten the inputs or choose a model with a larger context.',
  ),
  invalid_request: rule(
    'never',
    true,
    false,
    'The provider does not take this request; choose another one.',
  ),
  model_output: rule('once', false, false, 'Choose a stronger model.'),
  content_blocked: rule('never', false, false, 'Change the request, or choose another provider.'),
  incomplete_stream: rule('once', false, false, 'Try again.'),
  cancelled: rule('never', false, false, 'It was stopped on request.'),
  budget: rule('never', true, true, 'Raise the limit, or wait for the next window.'),
  deadline: rule('never', false, true, 'Allow the task more time.'),
  no_provider: rule('never', true, true, 'Configure a provider, or allow `rehearsal`.'),
  internal: rule('once', false, false, 'The logs of the router have the cause.'),
}
