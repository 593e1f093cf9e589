import type { TaskId } from '@maestro/contracts/ids'
import { createGate, type Gate } from './gate.ts'

/** Lets at most `max` pieces of one task's work run at once; what waits does so in order, and holds up no other task. */
export type TaskWindow = <Value>(taskId: TaskId, work: () => Promise<Value>) => Promise<Value>

export const createTaskWindow = (max: number): TaskWindow => {
  const windows = new Map<TaskId, { gate: Gate; inside: number }>()
  return async (taskId, work) => {
    const window = windows.get(taskId) ?? { gate: createGate(max), inside: 0 }
    windows.set(taskId, window)
    window.inside += 1
    try {
      return await window.gate(work)
    } finally {
      window.inside -= 1
      if (window.inside === 0) windows.delete(taskId)
    }
  }
}
