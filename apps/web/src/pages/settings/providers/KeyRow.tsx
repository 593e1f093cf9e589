import { environmentKeyName, type ProviderKey } from '@maestro/contracts/llm/provider-key'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plug, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { deleteKey, type KeyPlace, testKey } from '../../../api/provider-settings.ts'
import { messageOf } from '../../../api/request-id.ts'
import { systemKey } from '../../../api/system.ts'
import { useApp } from '../../../shell/app-context.ts'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format-count.ts'
import { formatDuration } from '../../../ui/format-time.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { type StatusLook, stepStatusLook } from '../../../ui/status-look.ts'
import { providerNames } from '../../provider-names.ts'

const looks: Record<ProviderKey['state'], StatusLook> = {
  ready: { ...stepStatusLook.done, label: 'In use' },
  refused: { ...stepStatusLook.failed, label: 'Refused' },
  unreadable: { ...stepStatusLook.failed, label: 'Unreadable' },
}

/** One key: what is told of it, whether it works, and its end. */
export const KeyRow = ({ held }: { held: ProviderKey }) => {
  const { http } = useApp()
  const client = useQueryClient()
  const [isAsked, setIsAsked] = useState(false)
  const { provider, name, userId, ending, state, reason, lastUsedAt } = held
  const place: KeyPlace = { provider, name, scope: userId === null ? 'system' : 'user' }
  const readAgain = () => client.invalidateQueries({ queryKey: systemKey })
  const testing = useMutation({ mutationFn: () => testKey(http, place), onSuccess: readAgain })
  const deleting = useMutation({ mutationFn: () => deleteKey(http, place), onSuccess: readAgain })
  const isOfEnvironment = name === environmentKeyName && userId === null
  const tested = testing.data
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-3 text-14">
          <span className="font-medium">{providerNames[provider]}</span>
          <span className="font-mono text-13">{name}</span>
          <span className="font-mono text-13 text-text-3">…{ending}</span>
          <span className="text-13">
            <StatusMark look={looks[state]} still />
          </span>
        </p>
        <p className="text-12 text-text-3">
          {isOfEnvironment
            ? 'from the environment, for everybody'
            : userId === null
              ? 'for everybody'
              : 'for your tasks alone'}
          {', '}
          {lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              used <RelativeTime at={lastUsedAt} />
            </>
          )}
        </p>
        {reason !== '' && <p className="text-13 break-words text-failed">{reason}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          icon={Plug}
          pending={testing.isPending}
          onClick={() => testing.mutate()}
        >
          Test
        </Button>
        <Button
          size="small"
          icon={Trash2}
          look={isAsked ? 'danger' : 'quiet'}
          pending={deleting.isPending}
          unavailable={
            isOfEnvironment ? `It stands in the environment: it is taken away there` : null
          }
          onClick={({ detail }) => {
            // The second half of a double click says yes to nothing.
            if (detail > 1) return
            if (isAsked) deleting.mutate()
            setIsAsked(!isAsked)
          }}
        >
          {isAsked ? 'Delete for good' : 'Delete'}
        </Button>
        {isAsked && (
          <Button size="small" look="quiet" onClick={() => setIsAsked(false)}>
            Keep it
          </Button>
        )}
      </div>
      <p role="status" className="tnum w-full text-13 text-text-2 empty:hidden">
        {tested?.accepted === true &&
          `Accepted in ${formatDuration(tested.latencyMs)}; it lists ${formatCount(tested.models)} models.`}
        {tested?.accepted === false && (
          <span className="text-failed">
            Not accepted after {formatDuration(tested.latencyMs)}: {tested.message}
          </span>
        )}
      </p>
      {(testing.error ?? deleting.error) !== null && (
        <p role="alert" className="w-full text-13 font-medium text-failed">
          {messageOf(testing.error ?? deleting.error)}
        </p>
      )}
    </div>
  )
}
