import { AppError } from '@maestro/contracts/errors'
import { ApprovalStatus } from '@maestro/contracts/task/approval'
import { z } from 'zod'
import { messageOf } from '../../api/request-id.ts'
import { decidedWords } from './decided-words.ts'

/** What a refusal tells of the decision that came first. */
const FirstDecision = z.object({
  status: ApprovalStatus,
  decidedBy: z.string().nullish(),
  withdrawnBy: z.string().nullish(),
  decidedAt: z.string().nullish(),
  reason: z.string().nullish(),
})

/** Why a decision was not taken, with who was first, when and why. */
export const refusalOfDecision = (error: unknown): string => {
  if (!(error instanceof AppError) || error.code !== 'APPROVAL_DECIDED') return messageOf(error)
  const first = FirstDecision.safeParse(error.details)
  if (!first.success) return messageOf(error)
  const { status, decidedBy, withdrawnBy, decidedAt, reason } = first.data
  const who = decidedBy ?? withdrawnBy
  return `Yours came second and was not taken. It was ${decidedWords({ status, who, decidedAt, reason })}.`
}
