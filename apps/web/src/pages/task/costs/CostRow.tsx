import { classes } from '../../../ui/classes.ts'
import { coveringLook } from '../../../ui/covering-look.ts'
import { formatCount } from '../../../ui/format-count.ts'
import type { CostLine } from './cost-lines.ts'
import { exactMoney } from './exact-money.ts'

export const costColumns =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 @xl:grid-cols-[minmax(0,1fr)_72px_88px_88px_120px]'

type Props = {
  line: CostLine
  index: number
  /** Within the rows. */
  top: number
  height: number
  /** Of the dearest line, in nano-dollars. */
  most: number
  decimals: number
  isSelected: boolean
  onSelect: (stepId: string) => void
}

export const CostRow = ({
  line,
  index,
  top,
  height,
  most,
  decimals,
  isSelected,
  onSelect,
}: Props) => {
  const { stepId, label } = line
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes(
        costColumns,
        'absolute inset-x-0 items-center border-b border-line text-13',
        isSelected ? 'bg-accent-soft' : stepId !== null && 'hover:bg-surface',
      )}
      style={{ top, height }}
    >
      <span role="cell" className="min-w-0">
        {stepId === null ? (
          <span className="block truncate">{label}</span>
        ) : (
          <button
            type="button"
            data-row
            onClick={() => onSelect(stepId)}
            className={classes('block w-full truncate text-left font-medium', coveringLook)}
          >
            {label}
          </button>
        )}
      </span>
      <CostCount value={line.calls} />
      <CostCount value={line.inputTokens} />
      <CostCount value={line.outputTokens} />
      <span role="cell" className="tnum relative text-right font-medium">
        {exactMoney(line.costNanoUsd, decimals)}
        <span
          aria-hidden
          className="drawn absolute right-0 -bottom-1 h-0.5 bg-line-strong"
          style={{ width: `${(line.costNanoUsd / most) * 100}%` }}
        />
      </span>
    </div>
  )
}

export const CostCount = ({ value }: { value: number }) => (
  <span role="cell" className="tnum text-right text-text-2 @max-xl:hidden">
    {formatCount(value)}
  </span>
)
