import { getCallUse } from '@maestro/contracts/llm/call-use-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { readCallUse } from './read-call-use.ts'

export const callUseAnswers = ({ sql }: { sql: Sql }): readonly Implementation[] => [
  implement(getCallUse, async (period) => {
    try {
      return await readCallUse(sql, period)
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }),
]
