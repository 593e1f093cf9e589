import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { StepWish } from './step-edits.ts'

export type EditKind = StepWish['kind']

/** What is filled in for a change of the plan, whichever of its kinds is chosen by now. */
export type EditDraft = {
  readonly provider: ProviderName
  readonly model: string
  readonly agent: string
  readonly title: string
  readonly instruction: string
  /** Steps by name. */
  readonly needs: readonly string[]
}

export const wishOf = (
  kind: EditKind,
  { provider, model, agent, title, instruction, needs }: EditDraft,
): StepWish => {
  const wishes: { [Kind in EditKind]: StepWish } = {
    insert: { kind: 'insert', title, instruction, agent },
    remove: { kind: 'remove' },
    model: { kind: 'model', provider, model },
    agent: { kind: 'agent', agent },
    gate: { kind: 'gate' },
    instruct: { kind: 'instruct', instruction },
    rewire: { kind: 'rewire', needs },
  }
  return wishes[kind]
}

/** What it still lacks, in a sentence; null: nothing. */
export const missingIn = (kind: EditKind, { title, instruction }: EditDraft): string | null => {
  if (kind === 'insert' && title.trim() === '') return 'Give it a title and say what it is to do'
  const isUntold = (kind === 'insert' || kind === 'instruct') && instruction.trim() === ''
  return isUntold ? 'Say what it is to do' : null
}
