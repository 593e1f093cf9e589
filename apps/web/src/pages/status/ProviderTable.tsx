import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CirclePause, CircleSlash } from 'lucide-react'
import { providersQuery } from '../../api/providers.ts'
import { useApp } from '../../shell/app-context.ts'
import { formatUntil } from '../../ui/format-time.ts'
import { useNow } from '../../ui/use-now.ts'
import { providerNames } from '../provider-names.ts'
import { QueryFailure } from '../QueryFailure.tsx'
import { cellLook, headLook, StatusSection } from './StatusSection.tsx'

const states = {
  ready: { label: 'Ready', tone: 'text-done', icon: CircleCheck },
  cooling: { label: 'Cooling', tone: 'text-waiting', icon: CirclePause },
  off: { label: 'Off', tone: 'text-neutral', icon: CircleSlash },
} as const

export const ProviderTable = () => {
  const providers = useQuery(providersQuery(useApp().http))
  const now = useNow(1_000)
  if (providers.isPending) return null
  if (providers.isError)
    return (
      <QueryFailure
        what="The providers"
        error={providers.error}
        onRetry={() => void providers.refetch()}
      />
    )
  return (
    <StatusSection title="Providers" note="in the order in which they are asked">
      <table className="tnum w-full">
        <thead>
          <tr>
            <th className={headLook}>Provider</th>
            <th className={headLook}>State</th>
            <th className={headLook}>Model</th>
            <th className={headLook}>Why</th>
          </tr>
        </thead>
        <tbody>
          {providers.data.items.map(({ provider, state, model, until, reason }) => {
            const { label, tone, icon: Icon } = states[state]
            return (
              <tr key={provider}>
                <td className={`${cellLook} font-medium`}>{providerNames[provider]}</td>
                <td className={cellLook}>
                  <span
                    className={`inline-flex items-center gap-1.5 align-middle font-medium ${tone}`}
                  >
                    <Icon aria-hidden size={16} />
                    {label}
                    {until !== null && `, ready ${formatUntil(Date.parse(until), now)}`}
                  </span>
                </td>
                <td className={`${cellLook} font-mono text-12`}>{model || '–'}</td>
                <td className={`${cellLook} w-full whitespace-normal text-text-2`}>{reason}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </StatusSection>
  )
}
