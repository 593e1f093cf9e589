import type { TaskEventAt } from '../../../live/task-event-at.ts'
import { toolCallKey } from '../tool-call-key.ts'

/** Further back than this nobody looks for the call of an answer. */
const lookBackMax = 5_000
/** As far back events may still come: fewer than one look of the log reads, so that each look finds out more. */
const waitForMax = 900

/** The tool of an event; null: it is of none that is known. Undefined: it was called among events that are not here. */
type ToolFound = string | null | undefined

/**
 * Which tool an event is of. An answer names its call and not its tool: that stands where it was called,
 * and is remembered once it was found.
 */
export const createToolOf = (eventAt: (seq: number) => TaskEventAt | undefined) => {
  // Events that are let go of take along what is known of them.
  const known = new WeakMap<TaskEventAt, string | null>()
  const find = ({ seq, event }: TaskEventAt): ToolFound => {
    if (event === null) return null
    if (event.type !== 'ToolAnswered') return 'tool' in event.data ? event.data.tool : null
    const key = toolCallKey(event.data)
    for (let at = seq - 1; at > 0 && at >= seq - lookBackMax; at -= 1) {
      const before = eventAt(at)
      if (before === undefined) return seq - at <= waitForMax ? undefined : null
      if (before.event?.type === 'ToolCalled' && toolCallKey(before.event.data) === key)
        return before.event.data.tool
    }
    return null
  }
  return (placed: TaskEventAt): ToolFound => {
    const remembered = known.get(placed)
    if (remembered !== undefined) return remembered
    const tool = find(placed)
    if (tool !== undefined) known.set(placed, tool)
    return tool
  }
}
