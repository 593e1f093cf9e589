import { useQuery } from '@tanstack/react-query'
import { historyAnalyticsQuery } from '../../../api/analytics.ts'
import { providersQuery } from '../../../api/providers.ts'
import { type HomePeriod, paths } from '../../../paths.ts'
import { useApp } from '../../../shell/app-context.ts'
import { formatUntil } from '../../../ui/format-time.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { providerNames } from '../../provider-names.ts'
import { providerStateLook } from '../../provider-state-look.ts'
import { QueryFailure } from '../../QueryFailure.tsx'
import { periodBounds } from '../home-period.ts'
import { modelLines } from '../model-lines.ts'
import { MoreLink } from '../MoreLink.tsx'
import { ModelTable } from './ModelTable.tsx'

/** Who can be asked now, and how those did who were. Each half stands where the other is not answered. */
export const ModelsPanel = ({ period }: { period: HomePeriod }) => {
  const { http } = useApp()
  const providers = useQuery(providersQuery(http))
  const figures = useQuery(historyAnalyticsQuery(http, periodBounds[period].days))
  const now = useNow(1_000)
  const lines = modelLines(providers.data?.items ?? [], figures.data?.models ?? [])
  return (
    <>
      {providers.isPending && figures.isPending && (
        <SkeletonRows rows={3} label="Loading how models do" />
      )}
      {providers.isError && (
        <QueryFailure
          what="The providers"
          error={providers.error}
          shownOf={providers.dataUpdatedAt}
          onRetry={() => void providers.refetch()}
        />
      )}
      {figures.isError && (
        <QueryFailure
          what="What models did"
          error={figures.error}
          shownOf={figures.dataUpdatedAt}
          onRetry={() => void figures.refetch()}
        />
      )}
      {providers.data && (
        <ul
          aria-label="Providers, in the order in which they are asked"
          className="flex flex-wrap gap-x-8 gap-y-2 px-4 pb-4 text-13"
        >
          {providers.data.items.map(({ provider, configured, state, until, reason }) => (
            <li key={provider} className="flex min-w-0 items-center gap-2" title={reason}>
              <span className="font-medium">{providerNames[provider]}</span>
              <StatusMark look={providerStateLook[state]} />
              <span className="text-text-3">
                {!configured ? 'no key' : until !== null && formatUntil(Date.parse(until), now)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {lines.length > 0 && <ModelTable lines={lines} from={figures.data?.from ?? null} />}
      <MoreLink to={paths.providers()}>Providers, keys and models</MoreLink>
    </>
  )
}
