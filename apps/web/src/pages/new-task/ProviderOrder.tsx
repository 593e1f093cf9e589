import type { ProviderName } from '@maestro/contracts/llm/chat'
import { useQuery } from '@tanstack/react-query'
import { providersQuery } from '../../api/providers.ts'
import { useApp } from '../../shell/app-context.ts'
import { Segments } from '../../ui/Segments.tsx'
import { providerNames } from '../provider-names.ts'
import { ProviderOrderList } from '../provider-order/ProviderOrderList.tsx'

type Props = {
  value: readonly ProviderName[] | null
  error: string | undefined
  onValue: (value: readonly ProviderName[] | null) => void
}

/** Who is asked first, and who when that one fails. */
export const ProviderOrder = ({ value, error, onValue }: Props) => {
  const { data } = useQuery(providersQuery(useApp().http))
  const configured = data?.items.filter((item) => item.configured).map(({ provider }) => provider)
  return (
    <div className="flex flex-col items-start gap-2">
      <span className="text-14 font-medium">Providers</span>
      <Segments
        label="Providers"
        value={value === null ? 'automatic' : 'own'}
        options={[
          { value: 'automatic', label: 'Automatic' },
          { value: 'own', label: 'My order' },
        ]}
        onValue={(chosen) =>
          onValue(chosen === 'automatic' ? null : configured?.length ? configured : ['rehearsal'])
        }
      />
      {value === null && (
        <p className="text-13 text-text-3">
          {configured === undefined
            ? 'What is configured, in its order.'
            : `${
                configured
                  .filter((name) => name !== 'rehearsal')
                  .map((name) => providerNames[name])
                  .join(', then ') || 'None is configured, so it is a rehearsal'
              }.`}
        </p>
      )}
      {value !== null && <ProviderOrderList value={value} onValue={onValue} />}
      {error !== undefined && (
        <p role="alert" className="text-13 font-medium text-failed">
          {error}
        </p>
      )}
    </div>
  )
}
