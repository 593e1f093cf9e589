import type { ProviderKey } from '@maestro/contracts/llm/provider-key'
import { KeyRound } from 'lucide-react'
import { providerNames } from '../../provider-names.ts'

/** Keys that are not used, by name and with why; the others go on. */
export const FailingKeys = ({ keys }: { keys: readonly ProviderKey[] }) => {
  const failing = keys.filter(({ state }) => state !== 'ready')
  if (failing.length === 0) return null
  return (
    <div role="alert" className="m-4 rounded-6 border border-failed p-4">
      <ul className="flex flex-col gap-2">
        {failing.map(({ provider, name, userId, reason }) => (
          <li key={`${provider} ${name} ${userId}`} className="flex items-start gap-2 text-14">
            <KeyRound aria-hidden size={16} className="mt-0.5 shrink-0 text-failed" />
            <span>
              <span className="font-medium text-failed">
                The key “{name}” of {providerNames[provider]} is not used.
              </span>{' '}
              <span className="text-text-2">{reason}</span>
            </span>
          </li>
        ))}
      </ul>
      {failing.length < keys.length && (
        <p className="mt-2 pl-6 text-13 text-text-2">The other keys go on.</p>
      )}
    </div>
  )
}
