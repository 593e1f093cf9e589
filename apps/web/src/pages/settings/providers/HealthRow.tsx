import type { ProviderName } from '@maestro/contracts/llm/chat'
import { environmentKeyId } from '@maestro/contracts/llm/key-id'
import type { ModelHealth } from '@maestro/contracts/llm/model-health'
import { useQuery } from '@tanstack/react-query'
import { keysQuery } from '../../../api/provider-settings.ts'
import { useApp } from '../../../shell/app-context.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { formatDuration, formatUntil } from '../../../ui/format-time.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { failureWords } from '../../failure-words.ts'
import { providerNames } from '../../provider-names.ts'
import { providerStateLook } from '../../provider-state-look.ts'
import { cellLook } from '../../../ui/WideTable.tsx'

type Props = { provider: ProviderName; health: ModelHealth; now: number }
type Left = NonNullable<ModelHealth['headroom']>['requests']

const percent = (share: number) => `${Math.round(share * 100)} %`

export const HealthRow = ({ provider, health, now }: Props) => {
  const keys = useQuery(keysQuery(useApp().http)).data?.items
  const { model, keyId, state, until, reason, calls, failures, latencyMs, firstTokenMs } = health
  const key = keys?.find((other) => other.keyId === keyId)
  const why = failures.map(
    ({ failureClass, calls: count }) => `${failureWords[failureClass]} ${formatCount(count)}`,
  )
  const left = (quota: Left) =>
    quota === null || quota === undefined
      ? '–'
      : `${formatCount(Math.floor(quota.left))} of ${formatCount(quota.limit)}`
  return (
    <tr>
      <td className={cellLook(false)}>
        <span className="font-medium">{providerNames[provider]}</span>{' '}
        <span className="font-mono text-12 text-text-2">{model}</span>
      </td>
      <td className={`${cellLook(false)} ${keyId === null ? 'text-text-3' : 'font-mono text-12'}`}>
        {keyId === null ? 'none needed' : keyId === environmentKeyId ? 'env' : (key?.name ?? keyId)}
      </td>
      <td className={cellLook(false)}>
        <StatusMark look={providerStateLook[state]} still />
        {until !== null && (
          <span className="text-text-2">, ready {formatUntil(Date.parse(until), now)}</span>
        )}
        {reason !== '' && (
          <span className="block max-w-80 text-12 whitespace-normal text-text-3">{reason}</span>
        )}
      </td>
      <td className={cellLook(true)}>
        {formatCount(calls)}
        {health.callsInFlight > 0 && (
          <span className="text-text-3"> +{formatCount(health.callsInFlight)} now</span>
        )}
      </td>
      <td className={cellLook(true)} title={why.join(', ') || undefined}>
        {calls === 0 ? '–' : percent(health.failureShare)}
        {why.length > 0 && <span className="block text-12 text-text-3">{why.join(', ')}</span>}
      </td>
      <td
        className={cellLook(true)}
        title="Half of the answers took no longer; all but one in twenty"
      >
        {latencyMs === null
          ? '–'
          : `${formatDuration(latencyMs.p50)} / ${formatDuration(latencyMs.p95)}`}
      </td>
      <td className={cellLook(true)}>
        {firstTokenMs === null ? '–' : formatDuration(firstTokenMs.p50)}
      </td>
      <td className={cellLook(true)}>{left(health.headroom?.requests ?? null)}</td>
      <td className={cellLook(true)}>{left(health.headroom?.tokens ?? null)}</td>
    </tr>
  )
}
