import { expect, test } from 'vitest'
import { raiseProblem } from './raise-problem.ts'

test('what would be refused is said before it is sent', () => {
  const dollars = { isTokens: false, least: 5_380_200 }
  for (const wrong of ['', 'lots', '-1', '0.005', '1e3'])
    expect(raiseProblem(wrong, dollars), wrong).not.toBeNull()
  for (const right of ['0.0053802', ' 0.01 ', '2']) expect(raiseProblem(right, dollars)).toBeNull()
  const tokens = { isTokens: true, least: 100 }
  for (const wrong of ['', '99', '100.5', '1e3'])
    expect(raiseProblem(wrong, tokens), wrong).not.toBeNull()
  expect(raiseProblem('100', tokens)).toBeNull()
})
