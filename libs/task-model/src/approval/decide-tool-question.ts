import { AppError } from '@maestro/contracts/errors'
import type { Recorder } from '../recorder.ts'
import type { Approval } from '../task.ts'
import type { CommandOf } from '../task-command.ts'
import { digestOfTool } from './digest-of.ts'

/** What is decided about a tool use; what follows from it, follows when the task is not paused. */
export const decideTool = (
  command: CommandOf<'DecideApproval'>,
  { toolUse, digest }: Approval,
  { record }: Recorder,
): void => {
  const { approvalId, decision, reason, guidance, arguments: changed } = command
  if (toolUse === undefined) return
  if (changed !== undefined && decision !== 'approve') {
    const problem = 'arguments are changed by approving them'
    throw new AppError('INVALID_INPUT', { field: 'arguments', reason: problem })
  }
  const decided = changed === undefined ? digest : digestOfTool(toolUse.tool, changed)
  record({
    type: 'ApprovalDecided',
    data: {
      approvalId,
      decision,
      reason,
      ...(decided !== undefined && { digest: decided }),
      ...(changed !== undefined && { arguments: changed }),
      ...(decision !== 'approve' && guidance !== null && { told: guidance }),
    },
  })
}
