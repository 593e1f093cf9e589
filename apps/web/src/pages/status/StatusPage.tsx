import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { systemStatusQuery } from '../../api/system.ts'
import { useApp } from '../../shell/app-context.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { formatClock } from '../../ui/format-time.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { QueryFailure } from '../QueryFailure.tsx'
import { BrowserChecks } from './BrowserChecks.tsx'
import { ProviderTable } from './ProviderTable.tsx'
import { ServiceTable } from './ServiceTable.tsx'
import { StreamTable } from './StreamTable.tsx'

const LogSearch = lazyPart(() => import('./LogSearch.tsx').then((module) => module.LogSearch))

const route = getRouteApi('/status')

/** Is Maestro itself healthy? */
export const StatusPage = () => {
  const { http } = useApp()
  const status = useQuery(systemStatusQuery(http))
  const { q } = route.useSearch()
  // Whoever comes with words comes for the logs. Where they stand then, they stay while words are typed.
  const [isLogFirst] = useState(q !== undefined)
  return (
    <PageFrame
      title="Status"
      actions={
        status.dataUpdatedAt > 0 && (
          <span className="tnum mr-2 text-13 text-text-3 max-md:hidden">
            as of {formatClock(status.dataUpdatedAt)}
          </span>
        )
      }
    >
      <div className="min-h-0 grow overflow-y-auto pb-10">
        {isLogFirst && <LogSearch />}
        {status.isPending && <SkeletonRows rows={6} label="Asking the services" />}
        {status.isError && (
          <QueryFailure
            what="The services"
            error={status.error}
            shownOf={status.dataUpdatedAt}
            onRetry={() => void status.refetch()}
          />
        )}
        {status.data && <ServiceTable services={status.data.services} />}
        <ProviderTable />
        {status.data && <StreamTable status={status.data} />}
        <BrowserChecks isAnswering={status.isSuccess} />
        {!isLogFirst && <LogSearch />}
      </div>
    </PageFrame>
  )
}
