import type { RoleName } from '@maestro/contracts/task/draft-role'
import { draftRoles } from './draft-roles.ts'
import { judgeRole } from './judge-role.ts'
import type { Role } from './role-of.ts'

export type Roles = Readonly<Record<RoleName, Role>>

/** What every role is told now. */
export const rolesNow: Roles = { ...draftRoles, 'execution-observer': judgeRole }
