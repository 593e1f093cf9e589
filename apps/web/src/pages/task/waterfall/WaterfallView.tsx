import type { Stretch } from '@maestro/task-model/time/divide-time'
import { ChartGantt } from 'lucide-react'
import { useMemo } from 'react'
import type { TaskSearch } from '../../../paths.ts'
import { useKeys } from '../../../shell/use-keys.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { ReadingHistory } from '../ReadingHistory.tsx'
import { useView } from '../task-context.ts'
import type { Seek } from '../use-position.ts'
import { idleStretches } from './idle-stretches.ts'
import { timeScale } from './time-scale.ts'
import { useWaterfall } from './use-waterfall.ts'
import './waterfall.css'
import { WaterfallHead } from './WaterfallHead.tsx'
import { WaterfallTable } from './WaterfallTable.tsx'
import { sortRows } from './waterfall-rows.ts'
import { readZoom, writeZoom } from './zoom.ts'

type Props = {
  search: TaskSearch
  onSearch: (part: Partial<TaskSearch>) => void
  onSelect: (stepId: string) => void
  onSeek: Seek
}

/** Where the time of the task went: a row for each step, a length is a duration. */
export const WaterfallView = ({ search, onSearch, onSelect, onSeek }: Props) => {
  const { waterfall, told } = useWaterfall()
  const isLong = useView((view) => view.isOutline)
  const isUnborn = useView(({ task }) => task.status === 'unborn')
  const headMs = useView((view) => view.ticks.at(-1)?.atMs ?? null)
  const order = search.sort ?? 'start'
  const rows = useMemo(
    () => (waterfall === null ? [] : sortRows(waterfall.rows, order)),
    [waterfall, order],
  )
  const whole = useMemo(() => {
    if (waterfall === null) return null
    const { fromMs, toMs } = waterfall
    const isBusy = ({ kind }: { kind: string }) =>
      kind === 'model' || kind === 'tool' || kind === 'flight'
    const busy = waterfall.rows.flatMap(({ pieces }) => pieces.filter(isBusy))
    return { fromMs, toMs, idle: idleStretches({ fromMs, toMs }, busy) }
  }, [waterfall])
  // In the past the room for what came later stays, so that playing fills it and moves nothing.
  const all = whole && { fromMs: whole.fromMs, toMs: Math.max(whole.toMs, headMs ?? 0) }
  const zoom = all && readZoom(search.span, all)
  const scale = all && timeScale(zoom ?? all, search.fold === true ? (whole?.idle ?? []) : [])
  const zoomBy = (by: number) => scale && all && onSearch({ span: writeZoom({ by, scale, all }) })
  const showAll = () => onSearch({ span: undefined })
  useKeys({
    nearer: () => zoomBy(0.5),
    'further-away': () => zoomBy(2),
    'whole-time': showAll,
  })
  if (waterfall === null || whole === null || all === null || scale === null)
    return isUnborn ? (
      <EmptyState icon={ChartGantt} title="Nothing has begun at this moment">
        Time is told from the first event on.
      </EmptyState>
    ) : (
      <>
        <SkeletonRows rows={6} label="Loading the history of the task" />
        {isLong && <ReadingHistory told={told} />}
      </>
    )
  const showOnly = (range: Stretch) => onSearch({ span: writeZoom({ range, all }) })
  return (
    <div className="@container flex h-full min-h-0 flex-col">
      <WaterfallHead
        waterfall={waterfall}
        idle={whole.idle}
        order={order}
        isFolded={search.fold === true}
        isZoomed={zoom !== null}
        onOrder={(sort) => onSearch({ sort: sort === 'start' ? undefined : sort })}
        onFold={(fold) => onSearch({ fold: fold || undefined })}
        onZoom={zoomBy}
        onWhole={showAll}
        onSelect={onSelect}
        onStretch={showOnly}
      />
      <WaterfallTable
        rows={rows}
        scale={scale}
        startMs={whole.fromMs}
        shownMs={whole.toMs}
        selected={search.step ?? null}
        onSelect={onSelect}
        onSeek={onSeek}
        onBrush={showOnly}
      />
    </div>
  )
}
