import { CircleDollarSign } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { CostBy, TaskSearch } from '../../../paths.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ReadingHistory } from '../ReadingHistory.tsx'
import { useEveryFact } from '../use-every-fact.ts'
import { costFactOf, spentByFacts } from './cost-facts.ts'
import { CostSplit } from './CostSplit.tsx'
import { costLines } from './cost-lines.ts'
import { CostTable } from './CostTable.tsx'
import { EstimateBesideActual } from './EstimateBesideActual.tsx'
import { LedgerOfTask } from './LedgerOfTask.tsx'
import { useSteadyView } from '../use-steady-view.ts'

/** Costs of a long task are told anew at most this often while its events stream in. */
const tellEveryMs = 250

type Props = {
  search: TaskSearch
  onSearch: (part: Partial<TaskSearch>) => void
  onSelect: (stepId: string) => void
}

/** What the task has cost up to the shown position, what was expected, and what the ledger says at head. */
export const CostsView = ({ search, onSearch, onSelect }: Props) => {
  const [frame, setFrame] = useState<HTMLElement | null>(null)
  const { task, isOutline } = useSteadyView(tellEveryMs)
  const by: CostBy = search.by ?? 'step'
  const seq = task.status === 'unborn' ? 0 : task.seq
  const { facts, told } = useEveryFact(costFactOf, isOutline ? seq : 0)
  const lines = useMemo(() => {
    if (task.status === 'unborn') return []
    if (!isOutline) return costLines(task, by)
    return facts === null ? null : costLines(task, by, spentByFacts(task, facts))
  }, [task, isOutline, facts, by])
  if (task.status === 'unborn')
    return (
      <EmptyState icon={CircleDollarSign} title="Nothing was spent at this moment">
        Costs are told from the first event on.
      </EmptyState>
    )
  return (
    <div ref={setFrame} className="@container h-full overflow-y-auto">
      <div className="grid min-h-full @5xl:grid-cols-[minmax(0,1fr)_320px]">
        <div className="@container min-w-0 border-line @5xl:border-r">
          <CostSplit task={task} />
          {lines === null ? (
            // Without its calls every step would seem to have cost nothing.
            <ReadingHistory told={told} />
          ) : (
            <CostTable
              frame={frame}
              seq={task.seq}
              lines={lines}
              by={by}
              selected={search.step ?? null}
              onBy={(next) => onSearch({ by: next === 'step' ? undefined : next })}
              onSelect={onSelect}
            />
          )}
        </div>
        <aside
          aria-label="Expected and booked"
          className="grid content-start @2xl:@max-5xl:order-first @2xl:@max-5xl:grid-cols-2 @2xl:@max-5xl:border-b @2xl:@max-5xl:border-line"
        >
          <EstimateBesideActual />
          <LedgerOfTask />
        </aside>
      </div>
    </div>
  )
}
