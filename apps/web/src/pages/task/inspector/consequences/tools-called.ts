import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { toolCallKey } from '../../tool-call-key.ts'

export type ToolCalls = { readonly tool: string; readonly times: number }

/** Which tools these events called how often; what was refused was not called. */
export const toolsCalled = (events: readonly TaskEvent[]): readonly ToolCalls[] => {
  const tools = new Map<string, string>()
  for (const event of events) {
    if (event.type === 'ToolCalled') tools.set(toolCallKey(event.data), event.data.tool)
    if (event.type === 'ToolRefused') tools.delete(toolCallKey(event.data))
  }
  const times = new Map<string, number>()
  for (const tool of tools.values()) times.set(tool, (times.get(tool) ?? 0) + 1)
  return [...times].map(([tool, count]) => ({ tool, times: count }))
}
