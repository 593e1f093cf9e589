import type { ProviderName } from '@maestro/contracts/llm/chat'

/** What one piece of work used before: a step of a task, the drafting of one, or all that was judged of one, with one model. */
export type WorkSample = {
  readonly of: 'drafting' | 'step' | 'judge'
  readonly taskId: string
  /** The name of the agent; null: of the drafting. */
  readonly role: string | null
  readonly provider: ProviderName
  readonly model: string
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
}
