import type { FailureClass } from '@maestro/contracts/llm/call-facts'

type FailureRule = {
  /** Whether a provider that refuses like this has not run the model, so that nothing is billed. */
  isFree: boolean
  /** Whether a failed call may be opened again by a higher `ask` of the same id; else the failure is its answer for good. */
  isAskable: boolean
  /** What a person can do about it. */
  advice: string
}

const rule = (isFree: boolean, isAskable: boolean, advice: string): FailureRule => ({
  isFree,
  isAskable,
  advice,
})

/** What is true of each class of failure, whatever is done about it: that can be changed, and stands in `recovery/`. */
export const failureRules: Readonly<Record<FailureClass, FailureRule>> = {
  rate_limited: rule(true, true, 'Wait, or add a second provider to fall back to.'),
  overloaded: rule(true, true, 'Try again soon, or add a second provider.'),
  timeout: rule(false, true, 'Try again, or allow the task more time.'),
  network: rule(false, true, 'Check the connection and the address of the provider.'),
  auth: rule(true, false, 'Check the API key of the provider.'),
  not_found: rule(true, false, 'Choose a model that the provider has.'),
  too_large: rule(true, false, 'Shorten the inputs or choose a model with a larger context.'),
  invalid_request: rule(
    true,
    false,
    'The provider does not take this request; choose another one.',
  ),
  model_output: rule(false, false, 'Choose a stronger model.'),
  content_blocked: rule(false, false, 'Change the request, or choose another provider.'),
  incomplete_stream: rule(false, false, 'Try again.'),
  cancelled: rule(false, false, 'It was stopped on request.'),
  budget: rule(true, true, 'Raise the limit, or wait for the next window.'),
  deadline: rule(false, true, 'Allow the task more time.'),
  no_provider: rule(true, true, 'Configure a provider, or allow `rehearsal`.'),
  internal: rule(false, false, 'The logs of the router have the cause.'),
}
