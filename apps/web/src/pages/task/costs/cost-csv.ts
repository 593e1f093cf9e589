import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import type { CostLine } from './cost-lines.ts'

/** A spreadsheet would run what begins like this. */
const formula = /^[=+\-@\t\r]/
const cell = (value: string | number): string =>
  typeof value === 'number'
    ? String(value)
    : `"${(formula.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`

/** The table as it is shown, for a spreadsheet. */
export const costCsv = (by: string, lines: readonly CostLine[]): string =>
  [
    [by, 'id', 'calls', 'input_tokens', 'output_tokens', 'cost_usd'],
    ...lines.map((line) => [
      line.label,
      line.stepId ?? '',
      line.calls,
      line.inputTokens,
      line.outputTokens,
      // As text it would be no number, as a number it would lose its last decimals.
      { exact: nanoUsdToText(nanoUsd(line.costNanoUsd)) },
    ]),
  ]
    .map((row) => row.map((one) => (typeof one === 'object' ? one.exact : cell(one))).join(','))
    .join('\r\n')
    .concat('\r\n')
