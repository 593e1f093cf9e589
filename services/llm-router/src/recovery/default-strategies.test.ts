import { FailureClass } from '@maestro/contracts/llm/call-facts'
import { RecoveryStrategies } from '@maestro/contracts/llm/recovery-strategy'
import { expect, test } from 'vitest'
import { defaultStrategies } from './default-strategies.ts'
import { possibleStrategies } from './possible-strategies.ts'

test('what ships fits its schema, and could be chosen by hand', () => {
  expect(RecoveryStrategies.parse(defaultStrategies)).toEqual(defaultStrategies)
  for (const failureClass of FailureClass.options) {
    const { do: chosen } = defaultStrategies[failureClass]
    expect(possibleStrategies[failureClass].do, failureClass).toContain(chosen)
  }
})

test('a backoff whose bound lies below its start is refused', () =>
  expect(
    RecoveryStrategies.safeParse({
      ...defaultStrategies,
      network: {
        do: 'retry',
        triesMax: 2,
        backoffMsBase: 500,
        backoffMsMax: 100,
        afterwards: 'fail',
      },
    }).success,
  ).toBe(false))
