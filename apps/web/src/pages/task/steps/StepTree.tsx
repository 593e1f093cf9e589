import type { StepId } from '@maestro/contracts/ids'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { TaskSearch } from '../../../paths.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { SectionLine } from './SectionLine.tsx'
import { StepLine, stepRowPx } from './StepLine.tsx'
import { StepTreeHead } from './StepTreeHead.tsx'
import type { StepItem } from './step-items.ts'
import { type Look, stepRows, type TreeRow } from './step-rows.ts'
import { treeMove } from './tree-move.ts'
import { useFolds } from './use-folds.ts'

type Props = Pick<Look, 'fits' | 'sections'> & {
  items: readonly StepItem[]
  /** Steps on the critical path. */
  critical: ReadonlySet<StepId>
  selected: string | null
  onSelect: (stepId: string) => void
  onOpen: () => void
  onSection: (key: string, isOpen: boolean) => void
  onSearch: (part: Partial<TaskSearch>) => void
}

const StepMenu = lazyPart(() =>
  import('../step-menu/StepMenu.tsx').then((module) => module.StepMenu),
)

/** The row of a step, or the closed section that it is in. */
const standsFor = (row: TreeRow, stepId: string | null): boolean =>
  row.id === stepId ||
  (row.kind === 'section' && !row.isOpen && row.stepIds.some((one) => one === stepId))

/** The rows, of which those in sight are made. One stop of the Tab key. */
export const StepTree = ({ items, critical, fits, sections, selected, ...on }: Props) => {
  const frame = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<string | null>(selected)
  const { folds, setFold } = useFolds(selected)
  const [menu, setMenu] = useState<{ stepId: StepId; at: { x: number; y: number } } | null>(null)
  const asksFocus = useRef(false)
  const rows = useMemo(
    () => stepRows(items, { folds, fits, sections }),
    [items, folds, fits, sections],
  )
  const at = Math.max(
    0,
    rows.findIndex((row) => standsFor(row, chosen)),
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => stepRowPx,
    overscan: 12,
    // Who has the focus is always there: the key that moves it would be lost otherwise.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), at])].toSorted((one, other) => one - other),
  })

  useEffect(() => {
    if (selected !== null) setChosen(selected)
  }, [selected])

  const sought = useRef<string | null>(null)
  useEffect(() => {
    // Brought into sight once, when it is there: afterwards people scroll as they like.
    if (sought.current === selected) return
    const index = rows.findIndex((row) => standsFor(row, selected))
    if (index < 0) return
    sought.current = selected
    virtual.scrollToIndex(index, { align: 'auto' })
  }, [selected, rows, virtual])

  useEffect(() => {
    if (!asksFocus.current) return
    asksFocus.current = false
    frame.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus()
  })

  const choose = (index: number) => {
    const row = rows[index]
    if (row === undefined) return
    setChosen(row.id)
    asksFocus.current = true
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  const fold = (row: TreeRow, isOpen: boolean) => {
    setChosen(row.id)
    if (row.kind === 'section') on.onSection(row.key, isOpen)
    else setFold(row.planned.stepId, isOpen)
  }
  const openMenu = (stepId: StepId, beside: Element) => {
    const { left, bottom } = beside.getBoundingClientRect()
    setMenu({ stepId, at: { x: left + 40, y: bottom - 8 } })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = rows[at]
    const isRow = event.target instanceof Element && event.target.matches('[role=row]')
    if (row === undefined || !isRow || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      if (row.kind === 'step') openMenu(row.planned.stepId, event.target as Element)
      return
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (row.kind === 'step') return row.id === selected ? on.onOpen() : on.onSelect(row.id)
      asksFocus.current = true
      return fold(row, !row.isOpen)
    }
    const move = treeMove(event.key, rows, at)
    if (move === null) return
    event.preventDefault()
    if (move.kind === 'go') choose(move.to)
    else {
      asksFocus.current = true
      fold(row, move.kind === 'open')
    }
  }

  return (
    <div ref={frame} className="min-h-0 grow overflow-y-auto">
      <div
        role="treegrid"
        aria-label="Steps"
        aria-rowcount={rows.length + 1}
        aria-colcount={8}
        onKeyDown={onKeyDown}
      >
        <StepTreeHead />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            const common = {
              top: start,
              rowIndex: index + 2,
              isSelected: selected !== null && standsFor(row, selected),
              isStop: index === at,
              onFocus: () => setChosen(row.id),
              onFold: (isOpen: boolean) => fold(row, isOpen),
            }
            if (row.kind === 'section') return <SectionLine key={row.id} {...common} row={row} />
            const { stepId } = row.planned
            return (
              <StepLine
                key={row.id}
                {...common}
                row={row}
                isCritical={critical.has(stepId)}
                onSelect={() => on.onSelect(stepId)}
                onMenu={(place) => {
                  setChosen(stepId)
                  setMenu({ stepId, at: place })
                }}
              />
            )
          })}
        </div>
      </div>
      {menu !== null && (
        <StepMenu
          key={menu.stepId}
          {...menu}
          onSearch={on.onSearch}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  )
}
