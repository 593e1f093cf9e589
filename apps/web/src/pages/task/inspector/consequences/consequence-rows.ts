import { type NanoUsd, nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import { partsBelow } from '@maestro/task-model/expansion/parts-below'
import type { BornTask, Step } from '@maestro/task-model/task'
import { formatPlural } from '../../../../ui/format-count.ts'
import type { ConsequenceRow } from './ConsequenceTable.tsx'

type Consequences = {
  readonly rows: readonly ConsequenceRow[]
  readonly together: { readonly spent: string; readonly expected: string }
}

const inDollars = (amount: number | null) =>
  amount === null ? 'not known' : `$${nanoUsdToText(nanoUsd(amount))}`
const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, one) => sum + one, 0)

/** Steps as rows of a table, each with all that it became. Amounts have all their decimals: they are compared. */
export const consequenceRows = (
  steps: readonly Step[],
  task: BornTask,
  expectedOf: (step: Step) => NanoUsd | null,
): Consequences => {
  const lines = steps.map((step) => {
    const parts = partsBelow(task, step.stepId)
    const isRunning = [step, ...parts].some(({ phase }) => phase !== null)
    return {
      step,
      notes: [
        ...(isRunning ? ['is stopped'] : []),
        ...(parts.length > 0 ? [`with ${formatPlural(parts.length, 'step')} that it became`] : []),
      ],
      spent: sumOf([step, ...parts].map(({ costNanoUsd }) => costNanoUsd)),
      expected: expectedOf(step),
    }
  })
  const known = lines.flatMap(({ expected }) => expected ?? [])
  return {
    rows: lines.map(({ step, notes, spent, expected }) => ({
      key: step.stepId,
      title: step.title,
      notes,
      spent: inDollars(spent),
      expected: inDollars(expected),
    })),
    together: {
      spent: inDollars(sumOf(lines.map(({ spent }) => spent))),
      expected: inDollars(known.length === lines.length ? sumOf(known) : null),
    },
  }
}
