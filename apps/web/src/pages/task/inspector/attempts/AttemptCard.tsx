import { formatCount } from '../../../../ui/format-count.ts'
import { formatMoney } from '../../../../ui/format-money.ts'
import { formatClock, formatDuration, formatExact } from '../../../../ui/format-time.ts'
import { StatusMark } from '../../../../ui/StatusMark.tsx'
import { type StatusLook, stepStatusLook } from '../../../../ui/status-look.ts'
import type { AttemptEnd, StepAttempt } from './step-attempts.ts'

const looks: Record<AttemptEnd, StatusLook> = {
  running: stepStatusLook.running,
  delivered: { ...stepStatusLook.done, label: 'Delivered' },
  retried: { ...stepStatusLook.failed, label: 'Did not deliver' },
  reset: { ...stepStatusLook.cancelled, label: 'Begun anew' },
  failed: stepStatusLook.failed,
}

type Props = { attempt: StepAttempt; nowMs: number; isLive: boolean }

export const AttemptCard = ({ attempt, nowMs, isLive }: Props) => {
  const { startedAtMs, endedAtMs, models, agentVersion } = attempt
  const figures = [
    ['Took', formatDuration((endedAtMs ?? nowMs) - startedAtMs)],
    ['Calls', formatCount(attempt.calls)],
    ['Tokens', formatCount(attempt.inputTokens + attempt.outputTokens)],
    ['Cost', formatMoney(attempt.costNanoUsd)],
  ] as const
  return (
    <article aria-label={`Attempt ${attempt.attempt}`}>
      <p className="flex flex-wrap items-center gap-x-3 text-13">
        <span className="tnum font-medium">Attempt {attempt.attempt}</span>
        <StatusMark look={looks[attempt.end]} still={!isLive} />
        <span className="tnum ml-auto text-12 text-text-3" title={formatExact(startedAtMs)}>
          {formatClock(startedAtMs)}
        </span>
      </p>
      <dl className="tnum mt-2 flex flex-wrap justify-between gap-x-4 gap-y-1 text-13">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="text-12 text-text-3">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 font-mono text-12 break-words text-text-2">
        {models.length === 0 ? 'no model has answered' : models.join(', ')}
      </p>
      {agentVersion > 1 && (
        <p className="text-12 text-text-3">by version {agentVersion} of its agent</p>
      )}
      {attempt.reason !== '' && (
        <p className="mt-1 text-13 break-words text-text-2">{attempt.reason}</p>
      )}
      {attempt.end === 'reset' && attempt.reason === '' && (
        <p className="mt-1 text-13 text-text-3">A person let it begin anew and gave no reason.</p>
      )}
    </article>
  )
}
