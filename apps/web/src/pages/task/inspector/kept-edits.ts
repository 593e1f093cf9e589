import type { AgentId, TaskId } from '@maestro/contracts/ids'
import { z } from 'zod'
import { AgentText } from './agent-text.ts'

/** What somebody typed, with the version that it began from. */
const KeptEdit = z.object({ version: z.int().positive(), base: AgentText, mine: AgentText })
export type KeptEdit = z.infer<typeof KeptEdit>

const keyOf = (taskId: TaskId, agentId: AgentId) => `maestro.edit.${taskId}.${agentId}`

/** Edits that are not sent yet, of this tab: another step, a reload or a lost connection does not lose them. */
export const keptEdits = {
  read: (taskId: TaskId, agentId: AgentId): KeptEdit | null => {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(taskId, agentId)) ?? 'null')
      return KeptEdit.safeParse(kept).data ?? null
    } catch {
      return null
    }
  },
  write: (taskId: TaskId, agentId: AgentId, edit: KeptEdit | null): void => {
    try {
      if (edit === null) sessionStorage.removeItem(keyOf(taskId, agentId))
      else sessionStorage.setItem(keyOf(taskId, agentId), JSON.stringify(edit))
    } catch {
      // Without storage it lives as long as the form.
    }
  },
}
