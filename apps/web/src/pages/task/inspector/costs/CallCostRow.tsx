import { classes } from '../../../../ui/classes.ts'
import { formatCount, formatPlural } from '../../../../ui/format-count.ts'
import { exactMoney } from '../../costs/exact-money.ts'
import type { CallCost, CostGroup } from './call-costs.ts'

export const callCostRowPx = 46

type Props = { row: CostGroup | CallCost; decimals: number }

/** One call, or all of an attempt: what it took in and gave out, and what that cost. */
export const CallCostRow = ({ row, decimals }: Props) => {
  const { label, usage, costNanoUsd } = row
  const isGroup = row.kind === 'group'
  const parts = [
    `${formatCount(usage.inputTokens)} in`,
    ...(usage.cachedInputTokens > 0
      ? [`${formatCount(usage.cachedInputTokens)} of it cached`]
      : []),
    `${formatCount(usage.outputTokens)} out`,
    ...(usage.reasoningTokens > 0 ? [`${formatCount(usage.reasoningTokens)} of it thinking`] : []),
    ...(isGroup ? [] : notesOf(row)),
  ]
  return (
    <div
      className={classes(
        'flex h-full flex-col justify-center border-b border-line text-13',
        !isGroup && 'pl-4',
      )}
    >
      <p className="flex items-baseline gap-3">
        <span className={classes('shrink-0', isGroup ? 'font-semibold' : 'text-text-2')}>
          {label}
        </span>
        <span className="min-w-0 grow truncate font-mono text-12 text-text-3">
          {isGroup ? formatPlural(row.calls, 'call') : row.model}
        </span>
        <span className={classes('tnum shrink-0', isGroup && 'font-semibold')}>
          {exactMoney(costNanoUsd, decimals)}
        </span>
      </p>
      <p className="tnum truncate text-12 text-text-3" title={parts.join(', ')}>
        {parts.join(' · ')}
      </p>
    </div>
  )
}

const notesOf = ({ savedNanoUsd, hops, lostNanoUsd }: CallCost): string[] => [
  ...(savedNanoUsd > 0 ? [`reused, saved ${exactMoney(savedNanoUsd)}`] : []),
  ...(hops > 0 ? [formatPlural(hops, 'further try', 'further tries')] : []),
  ...(lostNanoUsd > 0 ? [`${exactMoney(lostNanoUsd)} at those that did not answer`] : []),
]
