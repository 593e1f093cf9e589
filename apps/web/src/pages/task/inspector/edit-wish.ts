import type { AgentText } from './agent-text.ts'

/** What an edit is begun with: a finding of an observer becomes a suggestion, or one is taken away. */
export type EditWish = { kind: 'add'; text: string } | { kind: 'remove'; index: number }

/** A suggestion has at most so many characters. */
const suggestionCharactersMax = 1_000

/** The agent with what was wished; what is there already is not added again. */
export const wished = (text: AgentText, wish: EditWish): AgentText => {
  if (wish.kind === 'remove')
    return { ...text, suggestions: text.suggestions.toSpliced(wish.index, 1) }
  const added = wish.text.slice(0, suggestionCharactersMax)
  if (text.suggestions.includes(added)) return text
  return { ...text, suggestions: [...text.suggestions, added] }
}
