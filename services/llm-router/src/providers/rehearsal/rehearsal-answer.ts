import type { ToolCall } from '@maestro/contracts/llm/chat'

/** What rehearsal says in one turn. */
export type RehearsalAnswer = { text: string; toolCalls: readonly ToolCall[] }
