import { classes } from '../../../ui/classes.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import type { DayLine } from './DayTable.tsx'

const heightPx = 96
/** So many bars have room for a label each, where the panel is not narrow. */
const labelledMax = 8

/** `03-14`: the year stands in the table. */
const shortDay = (day: string) => day.slice(5)

/** A bar for each day. Few of them are labelled each, of many the dearest and the ends. */
export const DayChart = ({ lines }: { lines: readonly DayLine[] }) => {
  const most = Math.max(...lines.map(({ costNanoUsd }) => costNanoUsd))
  const dearest = lines.findIndex(({ costNanoUsd }) => costNanoUsd === most)
  const last = lines.length - 1
  /** Beside others there is no room for it in a narrow panel. */
  const labelLook = (index: number, always: boolean) =>
    classes(
      'absolute',
      index === 0 ? 'left-0' : index === last ? 'right-0' : 'left-1/2 -translate-x-1/2',
      !always && (lines.length <= labelledMax ? 'hidden @lg:inline' : 'hidden'),
    )
  if (most === 0)
    return <p className="px-4 text-14 text-text-2">Nothing was spent in these days.</p>
  return (
    <figure
      role="img"
      aria-label={`Spend by day: at most ${formatMoney(most)}, on ${lines[dearest]?.day ?? ''}`}
      className="tnum flex items-end gap-1 px-4 text-12 whitespace-nowrap text-text-3"
    >
      {lines.map(({ day, costNanoUsd }, index) => (
        <div
          key={day}
          title={`${day}: ${formatMoney(costNanoUsd)}`}
          className="relative min-w-0 grow basis-0 py-5"
        >
          <span className={classes('top-0 text-text', labelLook(index, index === dearest))}>
            {costNanoUsd > 0 && formatMoney(costNanoUsd)}
          </span>
          <svg aria-hidden width="100%" height={heightPx} className="block text-accent">
            <rect
              y={heightPx - barPx(costNanoUsd, most)}
              width="100%"
              height={barPx(costNanoUsd, most)}
              fill="currentColor"
            />
            <line x2="100%" y1={heightPx - 0.5} y2={heightPx - 0.5} stroke="var(--line-strong)" />
          </svg>
          <span className={classes('bottom-0', labelLook(index, index === 0 || index === last))}>
            {index === last ? 'today' : shortDay(day)}
          </span>
        </div>
      ))}
    </figure>
  )
}

/** What cost anything is seen. */
const barPx = (costNanoUsd: number, most: number) =>
  costNanoUsd === 0 ? 0 : Math.max(2, (costNanoUsd / most) * heightPx)
