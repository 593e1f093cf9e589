import { AppError } from '@maestro/contracts/errors'
import type { ApprovalId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { decideAsSeen } from './decide-as-seen.ts'

const seen = { approvalId: 'apr_1_plan-2' as ApprovalId, planVersion: 2, seq: 10 }

test('a task that only ran on gets the same decision at its new position', async () => {
  const sent: number[] = []
  const result = await decideAsSeen(seen, {
    send: async (seq) => {
      sent.push(seq)
      if (seq < 14) throw new AppError('SEQ_CONFLICT')
      return 'decided'
    },
    read: async () => ({ status: 'open', planVersion: 2, seq: 14 }),
  })
  expect({ result, sent }).toEqual({ result: 'decided', sent: [10, 14] })
})

test('a plan that was replaced is not decided by what was seen of the old one', async () => {
  const sent: number[] = []
  const decided = decideAsSeen(seen, {
    send: async (seq) => {
      sent.push(seq)
      throw new AppError('SEQ_CONFLICT')
    },
    read: async () => ({ status: 'open', planVersion: 3, seq: 14 }),
  })
  await expect(decided).rejects.toMatchObject({ code: 'APPROVAL_SUPERSEDED' })
  expect(sent).toEqual([10])
})

test('another refusal stands as it is', async () => {
  const decided = decideAsSeen(seen, {
    send: async () => {
      throw new AppError('APPROVAL_DECIDED', { decidedBy: 'ada' })
    },
    read: async () => ({ status: 'approved', planVersion: 2, seq: 14 }),
  })
  await expect(decided).rejects.toMatchObject({ code: 'APPROVAL_DECIDED' })
})
