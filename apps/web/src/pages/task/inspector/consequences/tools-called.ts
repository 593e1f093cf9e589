import type { TaskEvent } from '@maestro/contracts/task/task-events'

export type ToolCalls = { readonly tool: string; readonly times: number }

/** Which tools these events called how often; what was refused was not called. */
export const toolsCalled = (events: readonly TaskEvent[]): readonly ToolCalls[] => {
  const tools = new Map<string, string>()
  for (const event of events) {
    if (event.type === 'ToolCalled') tools.set(event.data.toolCallId, event.data.tool)
    if (event.type === 'ToolRefused') tools.delete(event.data.toolCallId)
  }
  const times = new Map<string, number>()
  for (const tool of tools.values()) times.set(tool, (times.get(tool) ?? 0) + 1)
  return [...times].map(([tool, count]) => ({ tool, times: count }))
}
