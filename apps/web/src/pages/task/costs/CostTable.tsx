import { Download } from 'lucide-react'
import type { CostBy } from '../../../paths.ts'
import { classes } from '../../../ui/classes.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format-count.ts'
import { Segments } from '../../../ui/Segments.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { useTaskSession } from '../task-context.ts'
import { costCsv } from './cost-csv.ts'
import type { CostLine } from './cost-lines.ts'
import { decimalsFor, exactMoney } from './exact-money.ts'

type Props = {
  lines: readonly CostLine[]
  by: CostBy
  selected: string | null
  onBy: (by: CostBy) => void
  onSelect: (stepId: string) => void
}

const heads: Record<CostBy, string> = {
  step: 'Step',
  agent: 'Agent',
  model: 'Model',
  operation: 'Operation',
}
const options = (Object.keys(heads) as CostBy[]).map((value) => ({ value, label: heads[value] }))
const columns =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 @xl:grid-cols-[minmax(0,1fr)_72px_88px_88px_120px]'
const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0)

/** The lines as a table, to their last decimal, with their sum. */
export const CostTable = ({ lines, by, selected, onBy, onSelect }: Props) => {
  const { taskId, view } = useTaskSession()
  const total = sum(lines.map(({ costNanoUsd }) => costNanoUsd))
  const most = Math.max(1, ...lines.map(({ costNanoUsd }) => costNanoUsd))
  const decimals = decimalsFor([...lines.map(({ costNanoUsd }) => costNanoUsd), total])
  const save = () => {
    const name = `${taskId}-costs-by-${by}-at-${view.getState().seq}.csv`
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
      <div role="table" aria-label={`Costs by ${by}`}>
        <div
          role="row"
          className={classes(
            columns,
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
        {lines.map((line) => {
          const { stepId } = line
          return (
            <div
              key={line.key}
              role="row"
              aria-selected={stepId !== null && stepId === selected}
              className={classes(
                columns,
                'relative min-h-8 items-center border-b border-line py-1 text-13',
                stepId !== null && stepId === selected
                  ? 'bg-accent-soft'
                  : stepId !== null && 'hover:bg-surface',
              )}
            >
              <span role="cell" className="min-w-0">
                {stepId === null ? (
                  <span className="block truncate">{line.label}</span>
                ) : (
                  <button
                    type="button"
                    data-row
                    onClick={() => onSelect(stepId)}
                    className="block w-full truncate text-left font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                  >
                    {line.label}
                  </button>
                )}
              </span>
              <Count value={line.calls} />
              <Count value={line.inputTokens} />
              <Count value={line.outputTokens} />
              <span role="cell" className="tnum relative text-right font-medium">
                {exactMoney(line.costNanoUsd, decimals)}
                <span
                  aria-hidden
                  className="absolute right-0 -bottom-1 h-0.5 bg-line-strong"
                  style={{ width: `${(line.costNanoUsd / most) * 100}%` }}
                />
              </span>
            </div>
          )
        })}
        <div role="row" className={classes(columns, 'items-center py-2 text-13 font-semibold')}>
          <span role="cell">Sum</span>
          <Count value={sum(lines.map(({ calls }) => calls))} />
          <Count value={sum(lines.map(({ inputTokens }) => inputTokens))} />
          <Count value={sum(lines.map(({ outputTokens }) => outputTokens))} />
          <span role="cell" className="tnum text-right">
            {exactMoney(total, decimals)}
          </span>
        </div>
      </div>
    </section>
  )
}

const Count = ({ value }: { value: number }) => (
  <span role="cell" className="tnum text-right text-text-2 @max-xl:hidden">
    {formatCount(value)}
  </span>
)
