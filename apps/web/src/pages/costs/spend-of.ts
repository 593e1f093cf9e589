import type { TaskLine } from '@maestro/contracts/gateway/http-task'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'

export type SpendLine = Pick<TaskLine, 'taskId' | 'title' | 'status'> & {
  readonly costNanoUsd: number
  readonly limitNanoUsd: number | null
}

/** Tasks that cost something, the costliest first. */
export const spendOf = (tasks: readonly TaskLine[]): readonly SpendLine[] =>
  tasks
    .map(({ taskId, title, status, costUsd, limitUsd }) => ({
      taskId,
      title,
      status,
      costNanoUsd: nanoUsdFromText(costUsd),
      limitNanoUsd: limitUsd === null ? null : nanoUsdFromText(limitUsd),
    }))
    .filter(({ costNanoUsd }) => costNanoUsd > 0)
    .toSorted((one, other) => other.costNanoUsd - one.costNanoUsd)
