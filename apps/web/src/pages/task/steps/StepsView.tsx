import { StepId } from '@maestro/contracts/ids'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { TaskSearch } from '../../../paths.ts'
import { classes } from '../../../ui/classes.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { NoPlan } from '../NoPlan.tsx'
import { useView } from '../task-context.ts'
import { StepLine, stepColumns, stepRowPx } from './StepLine.tsx'
import { type Folds, stepRows, stepsAbove } from './step-rows.ts'
import { treeMove } from './tree-move.ts'

type Props = {
  selected: string | null
  onSelect: (stepId: string) => void
  onOpen: () => void
  onSearch: (part: Partial<TaskSearch>) => void
}

const StepMenu = lazyPart(() =>
  import('../step-menu/StepMenu.tsx').then((module) => module.StepMenu),
)

/** The plan as a table to unfold: the same data and the same actions as the graph. One stop of the Tab key. */
export const StepsView = ({ selected, onSelect, onOpen, onSearch }: Props) => {
  const task = useView((view) => view.task)
  const frame = useRef<HTMLDivElement>(null)
  const [folds, setFolds] = useState<Folds>(new Map())
  const [chosen, setChosen] = useState<string | null>(selected)
  const [menu, setMenu] = useState<{ stepId: StepId; at: { x: number; y: number } } | null>(null)
  const asksFocus = useRef(false)
  const rows = useMemo(() => (task.status === 'unborn' ? [] : stepRows(task, folds)), [task, folds])
  const at = Math.max(
    0,
    rows.findIndex(({ planned }) => planned.stepId === chosen),
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

  const latest = useRef(task)
  latest.current = task
  useEffect(() => {
    // Chosen elsewhere: it is brought into sight, whatever was closed.
    if (selected === null) return
    setChosen(selected)
    setFolds((before) => {
      // What is selected moves the rows; what happens in the task does not.
      const shown = latest.current
      const parsed = StepId.safeParse(selected)
      if (shown.status === 'unborn' || !parsed.success) return before
      const closed = stepsAbove(shown, parsed.data).filter((stepId) => before.get(stepId) !== true)
      return closed.length === 0
        ? before
        : new Map([...before, ...closed.map((stepId): [StepId, boolean] => [stepId, true])])
    })
  }, [selected])

  const sought = useRef<string | null>(null)
  useEffect(() => {
    // Brought into sight once, when it is there: afterwards people scroll as they like.
    if (sought.current === selected) return
    const index = rows.findIndex(({ planned }) => planned.stepId === selected)
    if (index < 0) return
    sought.current = selected
    virtual.scrollToIndex(index, { align: 'auto' })
  }, [selected, rows, virtual])

  useEffect(() => {
    if (!asksFocus.current) return
    asksFocus.current = false
    frame.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus()
  })

  if (task.status === 'unborn' || rows.length === 0) return <NoPlan />

  const choose = (index: number) => {
    const row = rows[index]
    if (row === undefined) return
    setChosen(row.planned.stepId)
    asksFocus.current = true
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  const fold = (stepId: StepId, isOpen: boolean) => setFolds(new Map([...folds, [stepId, isOpen]]))
  const openMenu = (stepId: StepId, beside: Element) => {
    const { left, bottom } = beside.getBoundingClientRect()
    setMenu({ stepId, at: { x: left + 40, y: bottom - 8 } })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = rows[at]
    const isRow = event.target instanceof Element && event.target.matches('[role=row]')
    if (row === undefined || !isRow || event.ctrlKey || event.metaKey || event.altKey) return
    const { stepId } = row.planned
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      return openMenu(stepId, event.target as Element)
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      return stepId === selected ? onOpen() : onSelect(stepId)
    }
    const move = treeMove(event.key, rows, at)
    if (move === null) return
    event.preventDefault()
    if (move.kind === 'go') choose(move.to)
    else {
      asksFocus.current = true
      fold(stepId, move.kind === 'open')
    }
  }

  return (
    <div ref={frame} className="h-full overflow-y-auto">
      <div
        role="treegrid"
        aria-label="Steps"
        aria-rowcount={rows.length + 1}
        aria-colcount={8}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className="sticky top-0 z-10 bg-bg">
          <div
            role="row"
            aria-rowindex={1}
            className={classes(
              stepColumns,
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
            <span role="columnheader">
              <span className="sr-only">Actions</span>
            </span>
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            const { stepId } = row.planned
            return (
              <StepLine
                key={stepId}
                row={row}
                top={start}
                rowIndex={index + 2}
                isSelected={stepId === selected}
                isStop={index === at}
                onSelect={() => onSelect(stepId)}
                onFocus={() => setChosen(stepId)}
                onFold={(isOpen) => fold(stepId, isOpen)}
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
        <StepMenu key={menu.stepId} {...menu} onSearch={onSearch} onClose={() => setMenu(null)} />
      )}
    </div>
  )
}
