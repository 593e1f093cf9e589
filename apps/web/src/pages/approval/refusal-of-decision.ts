import { AppError } from '@maestro/contracts/errors'
import { ApprovalStatus } from '@maestro/contracts/task/approval'
import { z } from 'zod'
import { messageOf } from '../../api/request-id.ts'
import { formatExact } from '../../ui/format-time.ts'

/** What a refusal tells of the decision that came first. */
const FirstDecision = z.object({
  status: ApprovalStatus,
  decidedBy: z.string().nullish(),
  withdrawnBy: z.string().nullish(),
  decidedAt: z.string().nullish(),
  reason: z.string().nullish(),
})

const words: Readonly<Record<ApprovalStatus, string>> = {
  open: 'it is open again',
  approved: 'approved',
  rejected: 'rejected',
  redraft: 'sent back for another draft',
  revised: 'sent back with changes',
  answered: 'answered',
  expired: 'expired, as nobody had decided',
  withdrawn: 'withdrawn, as it had become pointless',
}

/** Why a decision was not taken, with who was first, when and why. */
export const refusalOfDecision = (error: unknown): string => {
  if (!(error instanceof AppError) || error.code !== 'APPROVAL_DECIDED') return messageOf(error)
  const first = FirstDecision.safeParse(error.details)
  if (!first.success) return messageOf(error)
  const { status, decidedBy, withdrawnBy, decidedAt, reason } = first.data
  const who = decidedBy ?? withdrawnBy
  const by = who ? ` by ${who}` : ''
  const when = decidedAt ? `, ${formatExact(Date.parse(decidedAt))}` : ''
  const why = reason ? `: “${reason}”` : ''
  return `Yours came second and was not taken. It was ${words[status]}${by}${when}${why}.`
}
