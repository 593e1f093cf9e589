import type { Stretch } from '@maestro/task-model/time/divide-time'
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { formatDuration } from '../../../ui/format-time.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import { Bottlenecks } from './Bottlenecks.tsx'
import { CriticalPath } from './CriticalPath.tsx'
import { formatShare } from './format-share.ts'
import { legend, pieceLabels } from './span-look.ts'
import type { RowOrder, Waterfall } from './waterfall-rows.ts'

type Props = {
  waterfall: Waterfall
  idle: readonly Stretch[]
  order: RowOrder
  isFolded: boolean
  isZoomed: boolean
  onOrder: (order: RowOrder) => void
  onFold: (fold: boolean) => void
  onZoom: (by: number) => void
  onWhole: () => void
  onSelect: (stepId: string) => void
  onStretch: (stretch: Stretch) => void
}

const lengthOf = (stretches: readonly Stretch[]) =>
  stretches.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)

/** What the time was for, what the end waited for, where it hangs, and how the rows stand. */
export const WaterfallHead = ({ waterfall, idle, ...rest }: Props) => {
  const { time, critical, bottlenecks, fromMs, toMs } = waterfall
  const allMs = toMs - fromMs
  const idleShare = allMs === 0 ? 0 : lengthOf(idle) / allMs
  return (
    <header className="flex max-h-[60%] shrink-0 flex-col gap-2 overflow-y-auto border-b border-line px-4 py-2.5 max-md:max-h-none short:max-h-none">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <dl
          className="tnum flex flex-wrap gap-x-5 gap-y-1 text-13"
          aria-label="Where the time went"
        >
          {legend
            .filter(({ part }) => time[part] > 0)
            .map(({ part, kind }) => (
              <div key={part} className="flex items-center gap-2 whitespace-nowrap">
                <span aria-hidden className="relative inline-block h-4 w-5">
                  <span className="piece inset-x-0" data-kind={kind} />
                </span>
                <dt className="text-text-2">{pieceLabels[kind]}</dt>
                <dd title={`${time[part].toLocaleString('en-US')} ms`}>
                  <span className="font-medium">{formatDuration(time[part])}</span>
                  <span className="ml-1.5 text-text-3">
                    {formatShare(allMs === 0 ? 0 : time[part] / allMs)}
                  </span>
                </dd>
              </div>
            ))}
        </dl>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {(idleShare > 0 || rest.isFolded) && (
            <Button
              size="small"
              aria-pressed={rest.isFolded}
              onClick={() => rest.onFold(!rest.isFolded)}
            >
              {rest.isFolded ? 'Unfold idle time' : `${formatShare(idleShare)} idle · fold`}
            </Button>
          )}
          <Segments
            label="Order of the rows"
            size="small"
            value={rest.order}
            options={[
              { value: 'start', label: 'Start' },
              { value: 'duration', label: 'Duration' },
              { value: 'cost', label: 'Cost' },
            ]}
            onValue={rest.onOrder}
          />
          <span className="flex">
            <IconButton
              label="Further away   −"
              icon={ZoomOut}
              size="small"
              unavailable={rest.isZoomed ? null : 'All of it is shown'}
              onClick={() => rest.onZoom(2)}
            />
            <IconButton
              label="Nearer   +"
              icon={ZoomIn}
              size="small"
              onClick={() => rest.onZoom(0.5)}
            />
            <IconButton
              label="All of it   0"
              icon={Maximize}
              size="small"
              unavailable={rest.isZoomed ? null : 'All of it is shown'}
              onClick={rest.onWhole}
            />
          </span>
        </div>
      </div>
      {critical.length > 0 && (
        <div>
          <CriticalPath steps={critical} allMs={allMs} onSelect={rest.onSelect} />
          <Bottlenecks
            bottlenecks={bottlenecks}
            onSelect={rest.onSelect}
            onStretch={rest.onStretch}
          />
        </div>
      )}
    </header>
  )
}
