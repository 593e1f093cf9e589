import type { DraftRole } from '@maestro/contracts/task/draft-role'
import { ObserverAnswer, PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import { type Role, roleOf } from './role-of.ts'

/** What the roles of the drafting are told. */
export const draftRoles: Readonly<Record<DraftRole, Role>> = {
  planner: roleOf('planner', 2, PlannerAnswer),
  'agent-observer': roleOf('agent-observer', 1, ObserverAnswer),
  'plan-observer': roleOf('plan-observer', 1, ObserverAnswer),
}
