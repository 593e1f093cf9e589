import { StepId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { costCsv } from './cost-csv.ts'

test('amounts are exact, quotes are kept, and no title is run by a spreadsheet', () => {
  const line = { key: 'a', calls: 2, inputTokens: 10, outputTokens: 3, costNanoUsd: 75 }
  expect(
    costCsv('step', [
      { ...line, label: 'The "best", of all', stepId: StepId.parse('step_a') },
      { ...line, label: '=HYPERLINK("x")', stepId: null },
    ]).split('\r\n'),
  ).toEqual([
    '"step","id","calls","input_tokens","output_tokens","cost_usd"',
    '"The ""best"", of all","step_a",2,10,3,0.000000075',
    `"'=HYPERLINK(""x"")","",2,10,3,0.000000075`,
    '',
  ])
})
