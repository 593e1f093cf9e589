import type { TextPart, WorkMessage } from '@maestro/contracts/llm/call-work'
import type { BornTask, Step, Turn } from '@maestro/task-model/task'
import { block } from './text-parts.ts'

type Guided = Pick<BornTask, 'guidance'>
const untold = { task: 0, step: 0 }

/** What people had said of the task and of the step before the attempt began. */
export const guidanceOfFirstTurn = (task: Guided, step: Step): TextPart[] => {
  const [first] = step.turns
  return first ? partsBetween(task, step, untold, first.told ?? untold) : []
}

/** What people said between two turns, as their message before the second: each turn knows how much had been told when it started, so that its request is the same whenever it is made. */
export const guidanceBefore =
  (task: Guided, step: Step) =>
  (turn: Turn): WorkMessage[] => {
    const before = step.turns.findLast((other) => other.turn < turn.turn)
    if (before === undefined) return []
    const content = partsBetween(task, step, before.told ?? untold, turn.told ?? untold)
    return content.length === 0 ? [] : [{ role: 'user', content }]
  }

const partsBetween = (
  task: Guided,
  step: Step,
  from: { task: number; step: number },
  to: { task: number; step: number },
): TextPart[] =>
  [
    ...(task.guidance ?? []).slice(from.task, to.task),
    ...(step.guidance ?? []).slice(from.step, to.step),
  ].flatMap(({ text }) => block('guidance', text))
