import type { CallWork } from '@maestro/contracts/llm/call-work'

/** What is said to a model; the rest of the work message is the desk's. */
export type CallRequest = Pick<CallWork, 'messages' | 'tools' | 'outputSchema' | 'outputTokensMax'>
