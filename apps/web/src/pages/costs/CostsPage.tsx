import { useQuery } from '@tanstack/react-query'
import { CircleDollarSign } from 'lucide-react'
import { globalBudgetQuery } from '../../api/budgets.ts'
import { recentTasksQuery } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { Skeleton, SkeletonRows } from '../../ui/Skeleton.tsx'
import { QueryFailure } from '../QueryFailure.tsx'
import { GlobalBudget } from './GlobalBudget.tsx'
import { SpendRow } from './SpendRow.tsx'
import { spendOf } from './spend-of.ts'

const BudgetOutlook = lazyPart(() =>
  import('./BudgetOutlook.tsx').then((module) => module.BudgetOutlook),
)
const SpendBreakdown = lazyPart(() =>
  import('./SpendBreakdown.tsx').then((module) => module.SpendBreakdown),
)
const SavingSuggestions = lazyPart(() =>
  import('./SavingSuggestions.tsx').then((module) => module.SavingSuggestions),
)

/** Where does money go, and what will stop us? */
export const CostsPage = () => {
  const { http } = useApp()
  const budgets = useQuery(globalBudgetQuery(http))
  const tasks = useQuery({ ...recentTasksQuery(http), refetchInterval: 10_000 })
  const level = budgets.data?.items.find(({ budgetId }) => budgetId === 'global')
  const spend = spendOf(tasks.data?.items ?? [])
  return (
    <PageFrame title="Costs">
      <div className="min-h-0 grow overflow-y-auto">
        {budgets.isPending && (
          <div className="border-b border-line p-4">
            <Skeleton className="h-20" />
          </div>
        )}
        {budgets.isError && (
          <QueryFailure
            what="The budget"
            error={budgets.error}
            shownOf={budgets.dataUpdatedAt}
            onRetry={() => void budgets.refetch()}
          />
        )}
        {level?.unit === 'usd' && <GlobalBudget level={level} />}
        <BudgetOutlook />
        <SpendBreakdown />
        <SavingSuggestions />
        <section aria-labelledby="by-task">
          <h2 id="by-task" className="px-4 pt-6 pb-2 text-14 font-semibold">
            By task
            <span className="ml-2 font-normal text-text-3">
              the newest 200, the costliest first
            </span>
          </h2>
          {tasks.isPending && <SkeletonRows rows={5} label="Loading what tasks cost" />}
          {tasks.isError && (
            <QueryFailure
              what="What tasks cost"
              error={tasks.error}
              shownOf={tasks.dataUpdatedAt}
              onRetry={() => void tasks.refetch()}
            />
          )}
          {tasks.isSuccess && spend.length === 0 && (
            <EmptyState icon={CircleDollarSign} title="No spend yet">
              Rehearsals cost nothing. What a model is paid for shows here, task by task.
            </EmptyState>
          )}
          <ul>
            {spend.map((line) => (
              <SpendRow key={line.taskId} line={line} most={spend[0]?.costNanoUsd ?? 0} />
            ))}
          </ul>
        </section>
      </div>
    </PageFrame>
  )
}
