import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { DraftRole } from '@maestro/contracts/task/draft-role'

export const purposeOfRole = {
  planner: 'plan',
  'agent-observer': 'judge-agents',
  'plan-observer': 'judge-plan',
} as const satisfies Record<DraftRole, CallPurpose>
