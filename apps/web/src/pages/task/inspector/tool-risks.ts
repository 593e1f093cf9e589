import type { ToolRepeat } from '@maestro/contracts/task/tool-question'

type Risk = { readonly word: string; readonly tone: string; readonly text: string }

/** What may go wrong with a tool, by its own word on running it again. */
export const toolRisks: Record<ToolRepeat, Risk> = {
  idempotent: { word: 'Harmless', tone: 'text-done', text: 'can run again without harm' },
  keyed: { word: 'Once', tone: 'text-text-2', text: 'works once, however often it is sent' },
  unsafe: { word: 'Unsafe', tone: 'text-waiting', text: 'its work cannot be taken back' },
}
