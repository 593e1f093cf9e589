import type { Step } from '../task.ts'

/** The turns that the present attempt has used. A question that was refused for money was never asked: it uses none up. */
export const turnsOf = ({ turns }: Pick<Step, 'turns'>): number =>
  turns.filter(({ answer }) => answer !== null).length
