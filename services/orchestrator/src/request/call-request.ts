import type { CallWork } from '@maestro/contracts/llm/call-work'

/** What is said to a model; the rest of the work message is the desk's. */
export type CallRequest = Pick<CallWork, 'messages' | 'tools' | 'outputSchema' | 'outputTokensMax'>

/** Enough for a plan of a hundred steps; a bound on what a call can cost. */
export const draftTokensMax = 16_384
/** Enough for a long report. */
export const stepTokensMax = 8_192
