import { ApprovalDecision } from '@maestro/contracts/task/approval'
import {
  after,
  create,
  decideOn,
  draftRound,
} from '@maestro/task-model/testing/task-command-fixtures'
import { optionsWith } from '@maestro/task-model/testing/task-fixtures'
import { expect, test } from 'vitest'
import { eventWords } from './event-words.ts'

const asked = [
  create({ options: optionsWith({ autonomy: 'approve-plan' }) }),
  ...draftRound(1, 'approve', 0.9),
]
const decided = (decision: ApprovalDecision, more: Parameters<typeof decideOn>[2] = {}) => {
  const events = after(...asked, decideOn('plan-v1', decision, more))
  const event = events.findLast(({ type }) => type === 'ApprovalDecided')
  if (event?.type !== 'ApprovalDecided') throw new Error('nobody decided')
  return event
}

test('a decision is told as a person would tell it, with its reason', () => {
  expect(eventWords(decided('approve'), null)).toBe('ada approved')
  expect(eventWords(decided('reject'), null)).toBe('ada rejected it: too long')
  expect(eventWords(decided('redraft'), null)).toBe('ada asked for another draft: too long')
})

test('no decision is told by the name that programs have for it', () => {
  const event = decided('approve')
  for (const decision of ApprovalDecision.options) {
    const words = eventWords({ ...event, data: { ...event.data, decision } }, null)
    expect(words).toMatch(/^ada \w+/)
    if (decision.includes('-')) expect(words).not.toContain(decision)
  }
})

test('what was changed before it was approved is said to be changed', () => {
  const event = decided('approve')
  const changed = (data: Partial<typeof event.data>) =>
    eventWords({ ...event, data: { ...event.data, ...data } }, null)
  expect(changed({ planVersion: 6 })).toBe('ada approved it changed, as version 6')
  const inputs = after(create())[0]
  if (inputs?.type !== 'TaskCreated') throw new Error('the task is not born')
  expect(changed({ arguments: inputs.data.goal })).toBe('ada approved it with changes')
})
