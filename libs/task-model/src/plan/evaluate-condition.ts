import type { Environment } from '@marcbachmann/cel-js'
import {
  type ConditionFacts,
  conditionEnvironment,
  roundEnvironment,
} from './condition-environment.ts'
import { firstLineOf } from './first-line-of.ts'

/** Whether it holds, or why that cannot be said. */
export const evaluateCondition = (
  text: string,
  facts: ConditionFacts,
): { holds: boolean; problem: string | null } => holdsIn(conditionEnvironment, text, facts)

export type RoundFacts = ConditionFacts & {
  /** What the round delivered. */
  readonly output: unknown
  readonly round: number
}

/** Whether there is another round, or why that cannot be said. */
export const evaluateWhile = (
  text: string,
  facts: RoundFacts,
): { holds: boolean; problem: string | null } => holdsIn(roundEnvironment, text, facts)

export type FoundList =
  | { items: readonly unknown[]; problem: null }
  | { items: []; problem: string }

/** The list that it says, or why there is none. */
export const evaluateList = (text: string, facts: ConditionFacts): FoundList => {
  try {
    const value: unknown = conditionEnvironment.evaluate(text, facts)
    return Array.isArray(value)
      ? { items: value, problem: null }
      : { items: [], problem: 'it is no list' }
  } catch (error) {
    return { items: [], problem: firstLineOf(error) }
  }
}

const holdsIn = (
  within: Environment,
  text: string,
  facts: ConditionFacts,
): { holds: boolean; problem: string | null } => {
  try {
    const value: unknown = within.evaluate(text, facts)
    return typeof value === 'boolean'
      ? { holds: value, problem: null }
      : { holds: false, problem: 'it is neither true nor false' }
  } catch (error) {
    return { holds: false, problem: firstLineOf(error) }
  }
}
