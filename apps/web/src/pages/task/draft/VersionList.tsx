import { classes } from '../../../ui/classes.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatClock } from '../../../ui/format-time.ts'
import type { VersionRow } from './draft-rows.ts'

type Props = {
  rows: readonly VersionRow[]
  chosen: number
  onVersion: (version: number) => void
}

export const VersionList = ({ rows, chosen, onVersion }: Props) => (
  <nav aria-label="Versions" className="border-line @max-5xl:border-b @5xl:border-r">
    <ol className="flex @5xl:flex-col @max-5xl:overflow-x-auto">
      {rows.map(({ plan, score, change, used }) => (
        <li key={plan.version}>
          <button
            type="button"
            aria-current={plan.version === chosen || undefined}
            onClick={() => onVersion(plan.version)}
            className={classes(
              'tnum flex w-full min-w-36 flex-col gap-0.5 border-b border-line px-4 py-2.5 text-left',
              plan.version === chosen ? 'bg-accent-soft' : 'hover:bg-surface',
            )}
          >
            <span className="flex items-baseline justify-between gap-3 text-14 font-medium">
              Version {plan.version}
              <span>{score === null ? '–' : score.toFixed(2)}</span>
            </span>
            <span className="flex items-baseline justify-between gap-3 text-12 text-text-2">
              {plan.author === 'planner' ? 'Planner' : 'A person'} ·{' '}
              {formatClock(Date.parse(plan.proposedAt))}
              {change !== null && (
                <span>
                  {change >= 0 ? '+' : '−'}
                  {Math.abs(change).toFixed(2)}
                </span>
              )}
            </span>
            {used !== null && used.tokens > 0 && (
              <span className="flex items-baseline justify-between gap-3 text-12 text-text-3">
                <span>{formatCount(used.tokens)} tok</span>
                {formatMoney(used.costNanoUsd)}
              </span>
            )}
          </button>
        </li>
      ))}
    </ol>
  </nav>
)
