import { JudgeAnswer } from '@maestro/contracts/task/result-judgement'
import { roleOf } from './role-of.ts'

/** What the judge of results is told. */
export const judgeRole = roleOf('execution-observer', 2, JudgeAnswer)
