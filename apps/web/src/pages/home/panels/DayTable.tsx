import type { TaskCounts } from '@maestro/contracts/timeline/analytics-endpoints'
import { formatCount } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { cellLook, WideTable } from '../../../ui/WideTable.tsx'

export type DayLine = Pick<TaskCounts, 'created' | 'succeeded' | 'failed'> & {
  readonly day: string
  readonly calls: number
  readonly costNanoUsd: number
}

const heads = ['Day', 'Tasks begun', 'Succeeded', 'Failed', 'Calls', 'Cost']

/** The same numbers as in the chart, and what was done for them; the newest day first. */
export const DayTable = ({ lines }: { lines: readonly DayLine[] }) => (
  <div className="px-4">
    <WideTable label="Spend by day, as a table" heads={heads} isNumber={(index) => index > 0}>
      {lines.toReversed().map(({ day, created, succeeded, failed, calls, costNanoUsd }) => (
        <tr key={day}>
          <th scope="row" className={`${cellLook(false)} font-medium`}>
            {day}
          </th>
          {[created, succeeded, failed, calls].map((count, index) => (
            <td key={heads[index + 1]} className={cellLook(true)}>
              {formatCount(count)}
            </td>
          ))}
          <td className={cellLook(true)}>{formatMoney(costNanoUsd)}</td>
        </tr>
      ))}
    </WideTable>
  </div>
)
