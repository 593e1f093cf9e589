import { AgentId, roleOf } from '../ids.ts'
import { nanoUsd, nanoUsdToText } from '../money/nano-usd.ts'
import type { BudgetRefusal } from './budget-refusal.ts'

type RefusedBy = NonNullable<BudgetRefusal['budget']>

/** Why a budget let nothing through, in a sentence with exact figures; null where no budget says. */
export const refusalWords = ({
  budget,
  until,
}: Pick<BudgetRefusal, 'budget' | 'until'>): string | null => {
  if (budget === null) return null
  const { limit, settled, reserved, needed } = budget
  const amount = (value: number) => amountWords(budget, value)
  const held = reserved === 0 ? '' : `, ${amount(reserved)} held for calls on their way`
  const renewed = until === null ? '' : ` Its next window begins at ${dateWords(until)}.`
  return `${limitWords(budget)} is ${amount(limit)}: ${amount(settled)} spent${held}, and the next call may need ${amount(needed)}.${renewed}`
}

const limitWords = ({ scope, id }: RefusedBy): string => {
  switch (scope) {
    case 'global':
      return 'The limit for everybody'
    case 'user':
      return `The limit of “${id}”`
    case 'task':
      return 'The limit of this task'
    case 'agent': {
      const agentId = AgentId.safeParse(id)
      return `The limit of the agent “${agentId.success ? roleOf(agentId.data) : id}”`
    }
    default:
      return scope satisfies never
  }
}

const amountWords = ({ unit }: RefusedBy, amount: number): string =>
  unit === 'tokens'
    ? `${amount.toLocaleString('en-US')} ${amount === 1 ? 'token' : 'tokens'}`
    : `$${nanoUsdToText(nanoUsd(amount))}`

const dateWords = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
