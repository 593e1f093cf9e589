import { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { TaskStatus } from '@maestro/contracts/task/task-status'
import { z } from 'zod'

/** The little of a folded task that an export looks at. */
const WithResult = z.object({ status: TaskStatus, result: PayloadRef.nullable() })

export const resultOf = (state: Record<string, unknown>): z.infer<typeof WithResult> =>
  WithResult.parse(state)
