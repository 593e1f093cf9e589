import { Criteria } from '@maestro/contracts/task/criteria'
import type { Observer } from '@maestro/contracts/task/draft-role'
import type { VersionRow } from './draft-rows.ts'

export type Judged = {
  readonly name: string
  /** What an observer says of a version; undefined: nothing of this. */
  readonly valueOf: (row: VersionRow, observer: Observer) => number | undefined
}

/** What observers judge versions by: the score, and each of the criteria that one of them named. */
export const judgedValues = (rows: readonly VersionRow[]): readonly Judged[] => {
  const all: readonly Judged[] = [
    { name: 'score', valueOf: ({ plan }, observer) => plan.verdicts[observer]?.score },
    ...Criteria.keyof().options.map((name): Judged => ({
      name,
      valueOf: ({ plan }, observer) => plan.verdicts[observer]?.criteria?.[name],
    })),
  ]
  return all.filter(({ valueOf }) =>
    rows.some(
      (row) =>
        valueOf(row, 'agent-observer') !== undefined || valueOf(row, 'plan-observer') !== undefined,
    ),
  )
}
