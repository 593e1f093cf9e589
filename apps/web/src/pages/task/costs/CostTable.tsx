import { useVirtualizer } from '@tanstack/react-virtual'
import { Download } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { CostBy } from '../../../paths.ts'
import { classes } from '../../../ui/classes.ts'
import { Button } from '../../../ui/Button.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { useMedia } from '../../../ui/use-media.ts'
import { useTaskSession } from '../task-context.ts'
import { CostCount, costColumns, CostRow } from './CostRow.tsx'
import { costCsv } from './cost-csv.ts'
import type { CostLine } from './cost-lines.ts'
import { decimalsFor, exactMoney } from './exact-money.ts'

type Props = {
  /** What scrolls: the table is a part of it. Null before it is there. */
  frame: HTMLElement | null
  /** The position that the lines tell of. */
  seq: number
  lines: readonly CostLine[]
  by: CostBy
  selected: string | null
  onBy: (by: CostBy) => void
  onSelect: (stepId: string) => void
}

/** With the line below it. */
const rowPxOf = { mouse: 32, finger: 45 }
const heads: Record<CostBy, string> = {
  step: 'Step',
  agent: 'Agent',
  model: 'Model',
  operation: 'Operation',
}
const options = (Object.keys(heads) as CostBy[]).map((value) => ({ value, label: heads[value] }))
const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0)

/** The lines as a table, to their last decimal, with their sum. */
export const CostTable = ({ frame, seq, lines, by, selected, onBy, onSelect }: Props) => {
  const { taskId } = useTaskSession()
  const rows = useRef<HTMLDivElement>(null)
  const [above, setAbove] = useState(0)
  useLayoutEffect(() => {
    if (frame === null) return
    const measure = () => {
      const begin = rows.current?.getBoundingClientRect().top ?? 0
      setAbove(Math.round(begin - frame.getBoundingClientRect().top + frame.scrollTop))
    }
    measure()
    // Where the rows begin moves with what stands above them.
    const observer = new ResizeObserver(measure)
    for (const element of [frame, ...frame.children]) observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  const rowPx = rowPxOf[useMedia('(pointer: coarse)') ? 'finger' : 'mouse']
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame,
    estimateSize: () => rowPx,
    scrollMargin: above,
    overscan: 20,
  })
  const total = sum(lines.map(({ costNanoUsd }) => costNanoUsd))
  const most = Math.max(1, ...lines.map(({ costNanoUsd }) => costNanoUsd))
  const decimals = decimalsFor([...lines.map(({ costNanoUsd }) => costNanoUsd), total])
  const save = () => {
    const name = `${taskId}-costs-by-${by}-at-${seq}.csv`
    saveFile({ name, mediaType: 'text/csv', text: costCsv(by, lines) })
  }
  return (
    <section aria-label="Costs told apart">
      <div className="flex flex-wrap items-center gap-3 px-4 py-2.5">
        <Segments label="Told apart by" size="small" value={by} options={options} onValue={onBy} />
        <Button size="small" icon={Download} className="ml-auto" onClick={save}>
          CSV of this table
        </Button>
      </div>
      <div role="table" aria-label={`Costs by ${by}`} aria-rowcount={lines.length + 2}>
        <div
          role="row"
          className={classes(
            costColumns,
            'sticky top-0 z-10 border-y border-line bg-bg py-1.5 text-12 font-medium text-text-3',
          )}
        >
          <span role="columnheader">{heads[by]}</span>
          {[by === 'model' ? 'Attempts' : 'Calls', 'Tokens in', 'Tokens out'].map((name) => (
            <span key={name} role="columnheader" className="text-right @max-xl:hidden">
              {name}
            </span>
          ))}
          <span role="columnheader" className="text-right">
            Cost
          </span>
        </div>
        <div
          ref={rows}
          role="rowgroup"
          className="relative"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index]
            return (
              line && (
                <CostRow
                  key={line.key}
                  line={line}
                  index={index}
                  top={start - above}
                  height={rowPx}
                  most={most}
                  decimals={decimals}
                  isSelected={line.stepId !== null && line.stepId === selected}
                  onSelect={onSelect}
                />
              )
            )
          })}
        </div>
        <div
          role="row"
          aria-rowindex={lines.length + 2}
          className={classes(costColumns, 'items-center py-2 text-13 font-semibold')}
        >
          <span role="cell">Sum</span>
          <CostCount value={sum(lines.map(({ calls }) => calls))} />
          <CostCount value={sum(lines.map(({ inputTokens }) => inputTokens))} />
          <CostCount value={sum(lines.map(({ outputTokens }) => outputTokens))} />
          <span role="cell" className="tnum text-right">
            {exactMoney(total, decimals)}
          </span>
        </div>
      </div>
    </section>
  )
}
