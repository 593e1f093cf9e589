import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import type { Step } from '@maestro/task-model/task'
import { useQuery } from '@tanstack/react-query'
import { planPriceQuery } from '../../../../api/plan-price.ts'
import { useApp } from '../../../../shell/app-context.ts'
import { Meter } from '../../../../ui/Meter.tsx'
import { isNearLimit } from '../../../../ui/is-near-limit.ts'
import { basisWords, expectedWords, worstWords } from '../../../plan-price/price-words.ts'
import { exactMoney } from '../../costs/exact-money.ts'
import { Figure } from '../../costs/Figure.tsx'
import { useShown, useTaskSession } from '../../task-context.ts'

/** What a step has cost beside what it may cost and what was expected of it. */
export const StepMoney = ({ step }: { step: Step }) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const version = useShown((task) => task.planVersion, null)
  const { data } = useQuery({
    ...planPriceQuery(http, { taskId, version: version ?? 1 }),
    enabled: version !== null,
  })
  const price = data?.steps.find(({ stepId }) => stepId === step.stepId)
  const spent = step.costNanoUsd
  // What it used before it was begun anew counts no more against its cap.
  const counted = spent - (step.usedBefore?.costNanoUsd ?? 0)
  const cap = step.caps?.costNanoUsd
  const expected = price?.expectedUsd ?? null
  return (
    <section aria-label="Money of this step">
      <dl className="tnum flex flex-col gap-1 text-13">
        <Figure name="Spent" value={exactMoney(spent)} isStrong />
        <Figure name="Its cap" value={cap === undefined ? 'none of its own' : exactMoney(cap)} />
        {price !== undefined && <Figure name="Expected" value={expectedWords(price)} />}
        {price !== undefined && <Figure name="At worst" value={worstWords(price)} />}
      </dl>
      {cap !== undefined && (
        <>
          <Meter
            label="Share of its cap"
            text={`${exactMoney(counted)} of ${exactMoney(cap)}`}
            max={cap}
            parts={[
              { value: counted, tone: isNearLimit(counted, cap) ? 'bg-waiting' : 'bg-accent' },
            ]}
            className="mt-3 w-full"
          />
          {counted !== spent && (
            <p className="tnum mt-1 text-12 text-text-3">
              {exactMoney(counted)} count against it: it was begun anew.
            </p>
          )}
        </>
      )}
      {price !== undefined && (
        <p className="mt-2 text-12 text-text-3">
          {expected !== null && spent > 0 && `${againstWords(spent, nanoUsdFromText(expected))}. `}
          The expectation: {basisWords[price.basis]}.
        </p>
      )}
    </section>
  )
}

const againstWords = (spent: number, expected: number): string => {
  if (expected === 0) return 'It was expected to cost nothing'
  const percent = Math.round((spent / expected) * 100)
  return `${percent} % of what was expected`
}
