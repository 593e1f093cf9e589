import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import { providerNames } from '../../provider-names.ts'
import { passedOver } from './passed-over.ts'

/** Who would have come first, and why it was not asked; nothing to say when the first one was. */
export const PassedOver = ({ facts }: { facts: CallFacts }) => {
  const models = passedOver(facts)
  if (models.length === 0) return null
  return (
    <ul className="border-t border-line px-3 py-2 text-13 text-text-2" aria-label="Passed over">
      {models.map(({ provider, reason }) => (
        <li key={provider} className="py-0.5">
          <span className="font-medium text-text">{providerNames[provider]}</span> passed over
          {reason !== '' && `: ${reason}`}
        </li>
      ))}
    </ul>
  )
}
