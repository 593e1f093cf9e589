import type { Step } from '@maestro/task-model/task'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useView } from '../../task-context.ts'
import { decimalsFor } from '../../costs/exact-money.ts'
import { CallCostRow, callCostRowPx } from './CallCostRow.tsx'
import { callCosts } from './call-costs.ts'
import { StepMoney } from './StepMoney.tsx'

type Props = {
  step: Step
  /** What scrolls. Null before it is there. */
  frame: HTMLElement | null
}

/** What a step has cost, call by call and to the last nano-dollar. */
export const StepCostsTab = ({ step, frame }: Props) => {
  const isOutline = useView((view) => view.isOutline)
  const rows = useMemo(() => callCosts(step), [step])
  const list = useRef<HTMLOListElement>(null)
  const [above, setAbove] = useState(0)
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0
    if (frame !== null) setAbove(top - frame.getBoundingClientRect().top + frame.scrollTop)
    // What stands above the rows changes its height with the step alone.
  }, [frame, step])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame,
    estimateSize: () => callCostRowPx,
    scrollMargin: above,
    overscan: 10,
  })
  const decimals = useMemo(() => decimalsFor(rows.map(({ costNanoUsd }) => costNanoUsd)), [rows])
  return (
    <>
      <StepMoney step={step} />
      {isOutline && (
        <p role="status" className="mt-4 text-13 text-text-2">
          The calls that have finished are on their way.
        </p>
      )}
      {rows.length === 0 && !isOutline && (
        <p className="mt-4 text-14 text-text-2">No call has been made for this step yet.</p>
      )}
      <ol
        ref={list}
        aria-label="Costs of calls"
        className="relative mt-4"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return (
            row && (
              <li
                key={row.key}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
                className="absolute inset-x-0"
                style={{ top: start - above, height: callCostRowPx }}
              >
                <CallCostRow row={row} decimals={decimals} />
              </li>
            )
          )
        })}
      </ol>
    </>
  )
}
