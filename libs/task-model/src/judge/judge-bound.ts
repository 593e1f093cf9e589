import type { ReachedJudgeBound } from '@maestro/contracts/task/result-judgement'
import type { BornTask } from '../task.ts'

/** Which of its bounds the task's judge has come to; null while it may judge on, and where nobody judges. */
export const judgeBoundOf = ({
  options: { judge },
  judgeUse,
}: Pick<BornTask, 'options' | 'judgeUse'>): ReachedJudgeBound | null => {
  if (judge === undefined || judgeUse === undefined) return null
  const { calls, costNanoUsd } = judgeUse
  if (calls >= judge.callsMax) return { bound: 'calls', max: judge.callsMax, reached: calls }
  // What is in flight may still cost something: the bound holds for what is begun.
  return costNanoUsd >= judge.costNanoUsd
    ? { bound: 'money', max: judge.costNanoUsd, reached: costNanoUsd }
    : null
}
