import { draftingCostOf } from '@maestro/task-model/drafting/convergence-of'
import type { BornTask } from '@maestro/task-model/task'
import { formatCount, formatPlural } from '../../../ui/format-count.ts'
import { formatLimit } from '../../../ui/format-money.ts'
import { Meter } from '../../../ui/Meter.tsx'
import { exactMoney } from './exact-money.ts'

const percent = (part: number, whole: number) =>
  whole === 0 ? '0 %' : `${((part / whole) * 100).toFixed(1)} %`

/** How much of it went into drafting, how much into the work. */
export const CostSplit = ({ task }: { task: BornTask }) => {
  const { totals } = task
  const drafting = draftingCostOf(task)
  const execution = Math.max(0, totals.costNanoUsd - drafting)
  const limit = task.options.limits.costNanoUsd
  const parts = [
    { name: 'Drafting', value: drafting, tone: 'bg-queued' },
    { name: 'Execution', value: execution, tone: 'bg-accent' },
  ]
  return (
    <section aria-label="In all" className="border-b border-line px-4 py-4">
      <p className="tnum flex flex-wrap items-baseline gap-x-3">
        <span className="text-24 font-semibold tracking-tight">
          {exactMoney(totals.costNanoUsd)}
        </span>
        {limit !== null && limit !== undefined && (
          <span className="text-14 text-text-2">of {formatLimit(limit)}</span>
        )}
        <span className="text-13 md:ml-auto text-text-2">
          {formatPlural(totals.calls, 'call')} · {formatCount(totals.inputTokens)} tokens in ·{' '}
          {formatCount(totals.outputTokens)} out
          {totals.callsFailed > 0 && ` · ${formatCount(totals.callsFailed)} failed`}
          {totals.attemptsLost > 0 && ` · ${formatCount(totals.attemptsLost)} lost`}
        </span>
      </p>
      <Meter
        label="Drafting and execution"
        text={`Drafting ${exactMoney(drafting)}, execution ${exactMoney(execution)}`}
        max={Math.max(1, limit ?? totals.costNanoUsd, totals.costNanoUsd)}
        parts={parts.map(({ value, tone }) => ({ value, tone }))}
        className="mt-3 h-2! w-full"
      />
      <dl className="tnum mt-2 flex flex-wrap gap-x-6 gap-y-1 text-13">
        {parts.map(({ name, value, tone }) => (
          <div key={name} className="flex items-center gap-2">
            <span aria-hidden className={`size-2.5 rounded-4 ${tone}`} />
            <dt className="text-text-2">{name}</dt>
            <dd className="font-medium">
              {exactMoney(value)}
              <span className="ml-1.5 font-normal text-text-3">
                {percent(value, totals.costNanoUsd)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {task.rehearsal && totals.costNanoUsd === 0 && (
        <p className="mt-2 text-13 text-text-2">A rehearsal asks no model, and costs nothing.</p>
      )}
    </section>
  )
}
