import type { AgentId, TaskId } from '@maestro/contracts/ids'
import { z } from 'zod'
import { keptInTab } from '../../../ui/kept-in-tab.ts'
import { AgentText } from './agent-text.ts'

/** What somebody typed, with the version that it began from. */
const KeptEdit = z.object({ version: z.int().positive(), base: AgentText, mine: AgentText })
export type KeptEdit = z.infer<typeof KeptEdit>

const keyOf = (taskId: TaskId, agentId: AgentId) => `edit.${taskId}.${agentId}`

/** Edits that are not sent yet, of this tab: another step, a reload or a lost connection does not lose them. */
export const keptEdits = {
  read: (taskId: TaskId, agentId: AgentId): KeptEdit | null => {
    try {
      const kept: unknown = JSON.parse(keptInTab.read(keyOf(taskId, agentId)) ?? 'null')
      return KeptEdit.safeParse(kept).data ?? null
    } catch {
      return null
    }
  },
  write: (taskId: TaskId, agentId: AgentId, edit: KeptEdit | null): void =>
    keptInTab.write(keyOf(taskId, agentId), edit === null ? null : JSON.stringify(edit)),
}
