import { AppError } from '@maestro/contracts/errors'
import type { RoleName } from '@maestro/contracts/task/draft-role'
import { ObserverAnswer, PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import { JudgeAnswer } from '@maestro/contracts/task/result-judgement'
import type { z } from 'zod'
import { roleOf } from './role-of.ts'
import { type Roles, rolesNow } from './roles-now.ts'

const answers: Readonly<Record<RoleName, z.ZodType>> = {
  planner: PlannerAnswer,
  'agent-observer': ObserverAnswer,
  'plan-observer': ObserverAnswer,
  'execution-observer': JudgeAnswer,
}

/** The roles as they are told now, some of them as in another version. @throws {AppError} `INVALID_INPUT` for one that there is not. */
export const rolesTold = (versions: Readonly<Partial<Record<RoleName, number>>>): Roles => {
  const roles = { ...rolesNow }
  for (const [name, version] of Object.entries(versions) as [RoleName, number][]) {
    const newest = rolesNow[name].used.version
    if (version > newest) {
      const reason = `there are versions 1 to ${newest} of what the ${name} is told`
      throw new AppError('INVALID_INPUT', { field: `roles.${name}`, reason, newest })
    }
    roles[name] = roleOf(name, version, answers[name])
  }
  return roles
}
