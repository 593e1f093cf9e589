import { canGuide } from '../drafting/can-guide.ts'
import { scoreOf } from '../drafting/convergence-of.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import type { Choose } from './effect-answers.ts'
import { ada, refOf } from './task-fixtures.ts'

/** What a person may do to a drafting; null when the rules allow nothing of it now. */
export const draftingWhim = (task: BornTask, choose: Choose, at: string): TaskCommand | null => {
  if (!canGuide(task)) return null
  const by = { at, actor: ada }
  const wish = choose(4)
  if (wish === 0) return { type: 'GuideDrafting', guidance: refOf('shorter'), ...by }
  const judged = task.versions.filter((version) => scoreOf(version) !== null)
  const taken = judged[choose(judged.length)]
  if (wish === 1 && taken) return { type: 'TakeVersion', version: taken.version, ...by }
  const part = task.versions.findLast(({ complete }) => complete)?.agents[0]?.name
  if (part === undefined) return null
  return { type: 'LockPart', part: `agent:${part}`, isLocked: wish === 2, ...by }
}
