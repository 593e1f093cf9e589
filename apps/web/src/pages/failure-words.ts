import type { FailureClass } from '@maestro/contracts/llm/call-facts'

/** Why a provider did not answer, in a word or two; the class itself is for programs. */
export const failureWords: Record<FailureClass, string> = {
  rate_limited: 'Rate limited',
  overloaded: 'Overloaded',
  timeout: 'Timed out',
  network: 'Not reached',
  auth: 'Key refused',
  not_found: 'Model not found',
  too_large: 'Too large',
  invalid_request: 'Request refused',
  model_output: 'Unusable answer',
  content_blocked: 'Content blocked',
  incomplete_stream: 'Answer broke off',
  cancelled: 'Cancelled',
  budget: 'Out of budget',
  deadline: 'Out of time',
  no_provider: 'No provider left',
  internal: 'Internal failure',
}
