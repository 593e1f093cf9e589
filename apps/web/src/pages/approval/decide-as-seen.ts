import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import { AppError } from '@maestro/contracts/errors'

const triesMax = 5

/** With the digest of what was before the person, where there is one. */
export type Seen = Pick<ApprovalSummary, 'approvalId' | 'planVersion' | 'seq' | 'digest'>

/**
 * Sends a decision for what the person has seen. A task that runs on meanwhile moves its position
 * without touching the question: then the same decision goes out again for the new position. When
 * the question itself has changed, the refusal stands.
 */
export const decideAsSeen = async <Result>(
  seen: Seen,
  {
    send,
    read,
  }: {
    send: (expectedSeq: number) => Promise<Result>
    read: (approvalId: string) => Promise<Pick<ApprovalSummary, 'status' | 'planVersion' | 'seq'>>
  },
): Promise<Result> => {
  let { seq } = seen
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(seq)
    } catch (error) {
      const moved = error instanceof AppError && error.code === 'SEQ_CONFLICT'
      if (!moved || attempt === triesMax) throw error
      const now = await read(seen.approvalId)
      if (now.status === 'open' && now.planVersion !== seen.planVersion)
        throw new AppError('APPROVAL_SUPERSEDED', error.details, { cause: error })
      seq = now.seq
    }
  }
}
