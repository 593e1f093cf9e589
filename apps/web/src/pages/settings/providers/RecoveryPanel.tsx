import { useQuery } from '@tanstack/react-query'
import { recoveryQuery } from '../../../api/provider-settings.ts'
import { useApp } from '../../../shell/app-context.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { failureWords } from '../../failure-words.ts'
import { QueryFailure } from '../../QueryFailure.tsx'
import { recoveryWords } from './recovery-words.ts'
import { SettingsSection } from './SettingsSection.tsx'
import { cellLook, WideTable } from '../../../ui/WideTable.tsx'

/** What a call does after each kind of failure, in words. */
export const RecoveryPanel = () => {
  const recovery = useQuery(recoveryQuery(useApp().http))
  return (
    <SettingsSection
      title="After a failure"
      note="What a call does when a provider fails it. Changed over the API: PUT /api/recovery-strategies."
    >
      {recovery.isPending && <SkeletonRows rows={4} label="Loading what follows failures" />}
      {recovery.isError && (
        <QueryFailure
          what="What follows failures"
          error={recovery.error}
          onRetry={() => void recovery.refetch()}
        />
      )}
      {recovery.data && (
        <WideTable label="What follows failures" heads={['Failure', 'What follows']}>
          {recovery.data.items.map(({ failureClass, strategy, isDefault }) => (
            <tr key={failureClass}>
              <td className={cellLook(false)} title={failureClass}>
                {failureWords[failureClass]}
              </td>
              <td className="w-full border-t border-line px-3 py-2 text-text-2">
                {recoveryWords(strategy)}
                {!isDefault && <span className="ml-2 text-12 text-waiting">changed</span>}
              </td>
            </tr>
          ))}
        </WideTable>
      )}
    </SettingsSection>
  )
}
