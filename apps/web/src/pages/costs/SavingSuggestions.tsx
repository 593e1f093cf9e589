import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { useQuery } from '@tanstack/react-query'
import { suggestionsQuery } from '../../api/spend.ts'
import { useApp } from '../../shell/app-context.ts'
import { formatCount } from '../../ui/format-count.ts'
import { formatMoney } from '../../ui/format-money.ts'
import { QueryFailure } from '../QueryFailure.tsx'

/** What would save money, by what was really used. */
export const SavingSuggestions = () => {
  const { data, isError, error, refetch } = useQuery(suggestionsQuery(useApp().http))
  if (isError)
    return (
      <QueryFailure what="What would save money" error={error} onRetry={() => void refetch()} />
    )
  if (data === undefined) return null
  return (
    <section aria-labelledby="savings" className="border-b border-line px-4 py-6">
      <h2 id="savings" className="mb-2 text-14 font-semibold">
        What would save money
      </h2>
      {data.items.length === 0 && (
        <p className="text-14 text-text-2">
          {data.calls === 0
            ? 'No call was made in the last 30 days.'
            : `Nothing that is worth it: ${formatCount(data.calls)} calls were looked at.`}
        </p>
      )}
      <ul className="flex max-w-[800px] flex-col divide-y divide-line">
        {data.items.map(({ what, why, how, savingUsd }) => (
          <li key={what} className="py-3 first:pt-0">
            <p className="flex items-baseline justify-between gap-4 text-14">
              <span className="min-w-0 font-medium break-words">{what}</span>
              <span className="tnum shrink-0 font-medium text-done">
                {formatMoney(nanoUsdFromText(savingUsd))}
              </span>
            </p>
            <p className="mt-0.5 text-13 break-words text-text-2">{why}</p>
            <p className="text-12 break-words text-text-3">{how}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
