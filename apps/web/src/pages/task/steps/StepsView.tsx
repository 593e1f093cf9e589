import { useVirtualizer } from '@tanstack/react-virtual'
import { ListChecks } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { classes } from '../../../ui/classes.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { formatCount } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatStepTime } from '../../../ui/format-time.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { stepStatusLook } from '../../../ui/status-look.ts'
import { useNow } from '../../../ui/use-now.ts'
import { stepPreview } from '../../../graph/step-preview.ts'
import { shownMs, useView } from '../task-context.ts'
import { type StepRow, stepRows } from './step-rows.ts'

type Props = { selected: string | null; onSelect: (stepId: string) => void }

const rowPx = 52
const columns =
  'grid grid-cols-[36px_minmax(0,1fr)_auto] gap-x-4 md:grid-cols-[36px_120px_minmax(0,1fr)_200px_90px_80px_84px]'

/** The plan as a table: the same data and the same actions as the graph. */
export const StepsView = ({ selected, onSelect }: Props) => {
  const task = useView((view) => view.task)
  const isLive = useView((view) => view.mode === 'live')
  const frame = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => (task.status === 'unborn' ? [] : stepRows(task)), [task])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  if (task.status === 'unborn' || rows.length === 0)
    return (
      <EmptyState icon={ListChecks} title="No steps at this moment">
        Steps are there once a plan holds.
      </EmptyState>
    )
  return (
    <div ref={frame} className="h-full overflow-y-auto">
      <div role="table" aria-label="Steps" aria-rowcount={rows.length + 1}>
        <div role="rowgroup" className="sticky top-0 z-10 bg-bg">
          <div
            role="row"
            aria-rowindex={1}
            className={classes(
              columns,
              'border-b border-line px-4 py-1.5 text-12 font-medium text-text-3 max-md:sr-only!',
            )}
          >
            <span role="columnheader" className="text-right">
              #
            </span>
            <span role="columnheader">Status</span>
            <span role="columnheader">Step</span>
            <span role="columnheader">Agent and model</span>
            <span role="columnheader" className="text-right">
              Tokens
            </span>
            <span role="columnheader" className="text-right">
              Cost
            </span>
            <span role="columnheader" className="text-right">
              Time
            </span>
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            return (
              row && (
                <Row
                  key={row.step.stepId}
                  row={row}
                  top={start}
                  rowIndex={index + 2}
                  isSelected={row.step.stepId === selected}
                  isLive={isLive}
                  preview={stepPreview(row.step, task, '')}
                  onSelect={onSelect}
                />
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}

type RowProps = {
  row: StepRow
  top: number
  rowIndex: number
  isSelected: boolean
  isLive: boolean
  preview: string
  onSelect: (stepId: string) => void
}

const Row = ({ row, top, rowIndex, isSelected, isLive, preview, onSelect }: RowProps) => {
  const { step, number, agentName, model } = row
  const task = useView((view) => view.task)
  const isRunning = step.status === 'running' || step.status === 'retrying'
  const now = useNow(1_000, isLive && isRunning)
  const endMs = step.finishedAt ? Date.parse(step.finishedAt) : shownMs(task, isLive, now)
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      className={classes(
        columns,
        'absolute inset-x-0 items-center border-b border-line px-4 text-13',
        isSelected ? 'bg-accent-soft' : 'hover:bg-surface',
      )}
      style={{ top, height: rowPx }}
    >
      <span role="cell" className="tnum text-right text-text-3">
        {number}
      </span>
      <span role="cell" className="max-md:order-3">
        <StatusMark look={stepStatusLook[step.status]} still={!isLive} />
      </span>
      <span role="cell" className="min-w-0">
        <button
          type="button"
          data-row
          onClick={() => onSelect(step.stepId)}
          className="block max-w-full truncate text-left text-14 font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {step.title}
          {step.attempt > 1 && (
            <span className="tnum ml-2 text-12 text-running">
              ×{step.attempt} of {step.retriesMax + 1}
            </span>
          )}
        </button>
        <span className="block truncate text-12 text-text-2">{preview}</span>
      </span>
      <span role="cell" className="truncate text-text-2 max-md:hidden">
        {agentName}
        {model !== null && <span className="block truncate text-12 text-text-3">{model}</span>}
      </span>
      <span role="cell" className="tnum text-right text-text-2 max-md:hidden">
        {formatCount(step.inputTokens + step.outputTokens)}
      </span>
      <span role="cell" className="tnum text-right max-md:hidden">
        {formatMoney(step.costNanoUsd)}
      </span>
      <span role="cell" className="tnum text-right text-text-2 max-md:hidden">
        {step.startedAt === null ? '–' : formatStepTime(endMs - Date.parse(step.startedAt))}
      </span>
    </div>
  )
}
