import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { coveringLook } from '../../ui/covering-look.ts'
import { formatMoney } from '../../ui/format-money.ts'
import { Meter } from '../../ui/Meter.tsx'
import { SpentOfLimit } from '../../ui/SpentOfLimit.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { taskStatusLook } from '../../ui/status-look.ts'
import type { SpendLine } from './spend-of.ts'

export const SpendRow = ({ line, most }: { line: SpendLine; most: number }) => (
  <li className="relative grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-3 border-b border-line px-4 py-2 pointer-coarse:min-h-[45px] md:grid-cols-[24px_minmax(0,1fr)_200px_150px]">
    <StatusMark look={taskStatusLook[line.status]} iconOnly still />
    <Link
      to={paths.task()}
      params={{ taskId: line.taskId }}
      className={`truncate text-14 font-medium hover:underline ${coveringLook}`}
    >
      {line.title}
    </Link>
    <Meter
      label={`Spend of ${line.title}`}
      text={formatMoney(line.costNanoUsd)}
      max={most}
      parts={[{ value: line.costNanoUsd, tone: 'bg-text-2' }]}
      className="w-full max-md:hidden"
    />
    <span className="text-right text-13">
      <SpentOfLimit spent={line.costNanoUsd} limit={line.limitNanoUsd} />
    </span>
  </li>
)
