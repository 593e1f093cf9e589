import type { CallId, ToolCallId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { ToolUse } from '@maestro/task-model/task'

/** What each call of a step asked tools for, and what came back. The state has that of the present attempt alone. */
export const toolUsesByCall = (
  events: readonly TaskEvent[],
): ReadonlyMap<CallId, readonly ToolUse[]> => {
  const uses = new Map<ToolCallId, ToolUse>()
  const asked = new Map<CallId, readonly ToolCallId[]>()
  const change = (toolCallId: ToolCallId, part: Partial<ToolUse>) => {
    const use = uses.get(toolCallId)
    if (use !== undefined) uses.set(toolCallId, { ...use, ...part })
  }
  for (const { type, data } of events) {
    switch (type) {
      case 'CallFinished':
        asked.set(
          data.callId,
          data.toolCalls.map(({ toolCallId }) => toolCallId),
        )
        for (const { toolCallId, tool, arguments: given } of data.toolCalls)
          uses.set(toolCallId, {
            toolCallId,
            tool,
            arguments: given,
            status: 'asked',
            ok: null,
            result: null,
            latencyMs: null,
          })
        break
      case 'ToolCalled':
        change(data.toolCallId, { status: 'running' })
        break
      case 'ToolAnswered': {
        const { toolCallId, ok, result, latencyMs } = data
        change(toolCallId, { status: 'answered', ok, result, latencyMs })
        break
      }
      case 'ToolRefused':
        change(data.toolCallId, { status: 'refused', ok: false, result: data.result, latencyMs: 0 })
        break
      default:
    }
  }
  return new Map(
    [...asked].map(([callId, ids]) => [callId, ids.flatMap((id) => uses.get(id) ?? [])]),
  )
}
