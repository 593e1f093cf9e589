import { useQuery } from '@tanstack/react-query'
import { providersQuery } from '../../../api/providers.ts'
import { useApp } from '../../../shell/app-context.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { QueryFailure } from '../../QueryFailure.tsx'
import { HealthRow } from './HealthRow.tsx'
import { SettingsSection } from './SettingsSection.tsx'
import { WideTable } from '../../../ui/WideTable.tsx'

const heads = [
  'Model',
  'Key',
  'State',
  'Calls',
  'Failed',
  'Answer',
  'First word',
  'Requests left',
  'Tokens left',
]

/** How each model does with each key: what the router decides by. */
export const HealthPanel = () => {
  const providers = useQuery(providersQuery(useApp().http))
  const now = useNow(1_000)
  const rows =
    providers.data?.items.flatMap(({ provider, models }) =>
      models.map((health) => ({ provider, health })),
    ) ?? []
  return (
    <SettingsSection
      title="Health"
      note="Of the last ten minutes, over all workers. A breaker that is open lets no call through until its time is over; then one finds out."
    >
      {providers.isPending && <SkeletonRows rows={2} label="Loading how models do" />}
      {providers.isError && (
        <QueryFailure
          what="How models do"
          error={providers.error}
          onRetry={() => void providers.refetch()}
        />
      )}
      {providers.isSuccess && rows.length === 0 && (
        <p className="text-14 text-text-2">No model has been asked lately.</p>
      )}
      {rows.length > 0 && (
        <WideTable label="Health of models" heads={heads} isNumber={(index) => index > 2}>
          {rows.map(({ provider, health }) => (
            <HealthRow
              key={`${provider} ${health.model} ${health.keyId}`}
              provider={provider}
              health={health}
              now={now}
            />
          ))}
        </WideTable>
      )}
    </SettingsSection>
  )
}
