import { useQuery } from '@tanstack/react-query'
import { keysQuery } from '../../../api/provider-settings.ts'
import { providersQuery } from '../../../api/providers.ts'
import { useApp } from '../../../shell/app-context.ts'
import { PageFrame } from '../../../shell/PageFrame.tsx'
import { SettingsNav } from '../SettingsNav.tsx'
import { FailingKeys } from './FailingKeys.tsx'
import { HealthPanel } from './HealthPanel.tsx'
import { KeysPanel } from './KeysPanel.tsx'
import { ModelsPanel } from './ModelsPanel.tsx'
import { OrderPanel } from './OrderPanel.tsx'
import { RecoveryPanel } from './RecoveryPanel.tsx'
import { SetupSteps } from './SetupSteps.tsx'

/** Who answers calls, with which keys, in which order, and how they do. */
export const ProvidersPage = () => {
  const { http } = useApp()
  const providers = useQuery(providersQuery(http))
  const keys = useQuery(keysQuery(http))
  const isNobodyThere =
    providers.data?.items.every(
      ({ provider, configured }) => provider === 'rehearsal' || !configured,
    ) ?? false
  return (
    <PageFrame title="Providers">
      <SettingsNav />
      <div className="min-h-0 grow overflow-y-auto pb-12">
        <FailingKeys keys={keys.data?.items ?? []} />
        {isNobodyThere && <SetupSteps />}
        <OrderPanel />
        <KeysPanel />
        <HealthPanel />
        <ModelsPanel />
        <RecoveryPanel />
      </div>
    </PageFrame>
  )
}
