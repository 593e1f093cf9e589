import { useQuery } from '@tanstack/react-query'
import { keysQuery } from '../../../api/provider-settings.ts'
import { useApp } from '../../../shell/app-context.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { QueryFailure } from '../../QueryFailure.tsx'
import { AddKey } from './AddKey.tsx'
import { KeyRow } from './KeyRow.tsx'
import { SettingsSection } from './SettingsSection.tsx'

/** Keys go in, and never out: of each the last characters alone are told. */
export const KeysPanel = () => {
  const keys = useQuery(keysQuery(useApp().http))
  return (
    <SettingsSection
      title="Keys"
      anchor="keys"
      note="Sealed with the master key of this Maestro. Nobody can read one again, you included: of each the last characters are told."
    >
      {keys.isPending && <SkeletonRows rows={2} label="Loading the keys" />}
      {keys.isError && (
        <QueryFailure what="The keys" error={keys.error} onRetry={() => void keys.refetch()} />
      )}
      {keys.data?.items.length === 0 && (
        <p className="mb-3 text-14 text-text-2">There is no key yet.</p>
      )}
      {keys.data && keys.data.items.length > 0 && (
        <ul aria-label="Keys" className="mb-5 max-w-[800px] rounded-6 border border-line">
          {keys.data.items.map((key) => (
            <li
              key={`${key.provider} ${key.name} ${key.userId}`}
              className="border-b border-line px-3 py-2.5 last:border-b-0"
            >
              <KeyRow held={key} />
            </li>
          ))}
        </ul>
      )}
      <AddKey />
    </SettingsSection>
  )
}
