import { classes } from './classes.ts'
import { isNearLimit } from './is-near-limit.ts'
import { formatLimit, formatMoney } from './format-money.ts'

/** What is spent, below the others' to the digit, and beside it of which limit; a phone has no room for empty places. */
export const SpentOfLimit = ({ spent, limit }: { spent: number; limit: number | null }) => (
  <span className="tnum inline-flex max-w-full whitespace-nowrap">
    <span className={classes(isNearLimit(spent, limit) && 'font-medium text-waiting')}>
      {formatMoney(spent)}
    </span>
    <span className="w-18 shrink-0 pl-1 text-left text-text-3 max-md:w-auto max-md:empty:hidden">
      {limit !== null && `of ${formatLimit(limit)}`}
    </span>
  </span>
)
