import type { StrategyVersion } from '@maestro/contracts/llm/strategy-endpoints'
import { useQuery } from '@tanstack/react-query'
import { strategyQuery } from '../../../api/provider-settings.ts'
import { useApp } from '../../../shell/app-context.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { QueryFailure } from '../../QueryFailure.tsx'
import { OrderForm } from './OrderForm.tsx'
import { SettingsSection } from './SettingsSection.tsx'

const byWhom = ({ version, author }: StrategyVersion) =>
  version === 1 ? 'As it ships.' : `Version ${version}, by ${author.id}.`

/** Who is asked first, and who when that one fails. */
export const OrderPanel = () => {
  const strategy = useQuery(strategyQuery(useApp().http))
  return (
    <SettingsSection
      title="Order"
      note={
        <>
          Who answers where a task, an agent or a step wishes nothing else. The next one is asked
          when one fails or waits. {strategy.data && byWhom(strategy.data)}
        </>
      }
    >
      {strategy.isPending && <SkeletonRows rows={3} label="Loading the order" />}
      {strategy.isError && (
        <QueryFailure
          what="The order"
          error={strategy.error}
          onRetry={() => void strategy.refetch()}
        />
      )}
      {strategy.data && <OrderForm held={strategy.data} />}
    </SettingsSection>
  )
}
