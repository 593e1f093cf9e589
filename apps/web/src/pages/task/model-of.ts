import type { Step } from '@maestro/task-model/task'

/** Who answered last, as `groq/llama-3.3`; null before an answer. */
export const modelOf = ({ calls }: Step): string | null => {
  const facts = calls.findLast(
    ({ facts: known, purpose }) => purpose === 'step' && known?.provider,
  )?.facts
  if (!facts?.provider) return null
  return facts.model && facts.model !== facts.provider
    ? `${facts.provider}/${facts.model}`
    : facts.provider
}
