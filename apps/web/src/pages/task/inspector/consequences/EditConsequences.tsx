import { roleOf } from '@maestro/contracts/ids'
import { type NanoUsd, nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import type { BornTask, Step } from '@maestro/task-model/task'
import { TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { formatPlural } from '../../../../ui/format-count.ts'
import type { StepWish } from '../step-edits.ts'
import { editPreview } from './edit-preview.ts'
import { EffectsMade } from './EffectsMade.tsx'
import { editNotes } from './edit-notes.ts'
import { useExpectedCosts } from './use-expected-costs.ts'

type Props = { wish: StepWish; step: Step; task: BornTask }

const unnamed = 'The new step'

/** What a change of the plan changes, what comes after it, and what it is expected to cost or to save, before it is made. */
export const EditConsequences = ({ wish, step, task }: Props) => {
  // Words of an instruction change nothing of it: a large plan is not looked at for each letter.
  const about = JSON.stringify({ ...wish, instruction: '' })
  const [held, setHeld] = useState({ about, wish })
  if (held.about !== about) setHeld({ about, wish })
  const preview = useMemo(() => editPreview(held.wish, step, task), [held, step, task])
  const expectedOf = useExpectedCosts(task)
  if (preview === null) return null
  if ('refusal' in preview) {
    return (
      <p role="status" className="flex items-start gap-2 text-13 font-medium text-waiting">
        <TriangleAlert aria-hidden size={16} className="mt-px shrink-0" />
        The plan’s rules do not allow it: {preview.refusal}
      </p>
    )
  }
  const { changes, later, newResult } = preview
  const tried = changes.flatMap(({ part: { stepId } }) =>
    (task.steps[stepId]?.attempt ?? 0) > 0 ? [stepId] : [],
  )
  const told = moneyWords(wish, step, task, expectedOf)
  return (
    <section aria-label="What it changes" className="flex flex-col gap-2 text-13">
      <ul className="flex flex-col border-t border-line">
        {changes.map((change) => (
          <li key={change.part.stepId} className="border-b border-line py-1">
            <span className="font-medium">{change.part.title || unnamed}</span>
            {editNotes(change, task).map((note) => (
              <span key={note} className="text-text-2">
                {' '}
                · {note}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <p className="text-text-2">
        {changes.length === 0
          ? 'So the plan stays as it is.'
          : `${laterWords(later.length)} Nothing that runs or is done begins anew. ${told}`}
        {newResult !== null &&
          ` The result of the task is what “${newResult.title || unnamed}” delivers then.`}
      </p>
      {tried.length > 0 && <EffectsMade stepIds={tried} />}
    </section>
  )
}

const laterWords = (count: number): string =>
  count === 0
    ? 'No other step comes after that.'
    : `${formatPlural(count, 'more step comes', 'more steps come')} after that.`

const moneyWords = (
  wish: StepWish,
  step: Step,
  task: BornTask,
  expectedOf: (step: Step) => NanoUsd | null,
): string => {
  if (wish.kind === 'insert') {
    const others = Object.values<Step>(task.steps).filter(
      ({ agentId }) => roleOf(agentId) === wish.agent,
    )
    const known = others.flatMap((other) => expectedOf(other) ?? [])
    if (known.length === 0) return 'What it costs is not known before it is priced.'
    const mean = known.reduce((sum, one) => sum + one, 0) / known.length
    return `It costs about ${inDollars(mean)}, as other steps of ${wish.agent} do.`
  }
  const expected = expectedOf(step)
  if (wish.kind === 'model' || wish.kind === 'agent')
    return 'What it costs then is not known before it is priced.'
  if (expected === null) return 'What it costs is not known.'
  return wish.kind === 'remove'
    ? `About ${inDollars(expected)} is saved.`
    : `It is expected to cost ${inDollars(expected)}, as before.`
}

const inDollars = (amount: number): string => `$${nanoUsdToText(nanoUsd(Math.round(amount)))}`
