import type { ApprovalStatus } from '@maestro/contracts/task/approval'
import { formatExact } from '../../ui/format-time.ts'

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

type Decided = {
  status: ApprovalStatus
  who: string | null | undefined
  decidedAt?: string | null | undefined
  reason?: string | null | undefined
}

/** What became of a question, with who, when and why: what stands after “It was”. */
export const decidedWords = ({ status, who, decidedAt, reason }: Decided): string => {
  const by = who ? ` by ${who}` : ''
  const when = decidedAt ? `, ${formatExact(Date.parse(decidedAt))}` : ''
  // A full stop ends the sentence that this stands in, and not the quotation as well.
  const why = reason ? `: “${reason.trim().replace(/\.$/, '')}”` : ''
  return `${words[status]}${by}${when}${why}`
}
