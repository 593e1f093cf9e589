import { detailAt } from '@maestro/contracts/task/state-detail'
import { outlineOf } from '@maestro/task-model/outline-of'
import type { Task } from '@maestro/task-model/task'

/** A long task is shown in outline, as the server answers it: neither side could hold what all its calls were. */
export const isLong = (head: number): boolean => detailAt(head, 'whole') === 'outline'

/** What is held of a state to be folded on: of a long task, without what its steps have done turn by turn. */
export const shapeOf = (task: Task): Task =>
  task.status !== 'unborn' && isLong(task.seq) ? outlineOf(task) : task
