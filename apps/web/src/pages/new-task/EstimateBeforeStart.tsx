import type { HttpTaskOptions } from '@maestro/contracts/gateway/http-task'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { estimateQuery } from '../../api/estimate.ts'
import { messageOf } from '../../api/request-id.ts'
import { useApp } from '../../shell/app-context.ts'
import { formatPlural } from '../../ui/format-count.ts'
import { expectedWords, worstWords } from '../plan-price/price-words.ts'

/** While somebody types nothing is asked. */
const quietMs = 500

const partNames = {
  drafting: 'drafting',
  steps: 'its steps',
  step: 'a step',
  judge: 'the judge of its results',
} as const

/** What a task with these options would cost, before anything is started. */
export const EstimateBeforeStart = ({ options }: { options: HttpTaskOptions }) => {
  const { http } = useApp()
  const [settled, setSettled] = useState(options)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(options), quietMs)
    return () => clearTimeout(timer)
  }, [options])
  const { data, error } = useQuery(estimateQuery(http, settled))
  if (data === undefined)
    return (
      <p role="status" className="min-h-10 text-13 text-text-3">
        {error === null ? 'Looking what it would cost' : `No estimate now: ${messageOf(error)}`}
      </p>
    )
  const { lines, total, past } = data
  return (
    <section aria-label="Estimate" className="tnum min-h-10 text-13 text-text-2">
      <p>
        <span className="font-medium text-text">Expected {expectedWords(total)}</span>, at worst{' '}
        {worstWords(total)}
        {total.worstUsd === null && ' but the global limit'}
      </p>
      <p className="text-text-3">
        {lines.map((line) => `${partNames[line.of]} ${expectedWords(line)}`).join(', ')}
        {past.medianErrorPercent !== null &&
          `; of the last ${formatPlural(past.tasks, 'task')}, half were off by at most ${Math.round(past.medianErrorPercent)} %`}
      </p>
    </section>
  )
}
