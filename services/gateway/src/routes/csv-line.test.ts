import { expect, test } from 'vitest'
import { csvLine } from './csv-line.ts'

test.each([
  ['=1+1', "'=1+1"],
  ['+49', "'+49"],
  ['-2', "'-2"],
  ['@sum', "'@sum"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['=cmd|"/c"!A1', `"'=cmd|""/c""!A1"`],
])('%j is no formula in a spreadsheet', (value, cell) => {
  expect(csvLine([value])).toBe(`${cell}\r\n`)
})

test('commas, quotes and ends of line stay within their cell, numbers are as they are, nothing is empty', () => {
  expect(csvLine(['a,b', 'say "so"', 'two\nlines', -5, 0.5, null, 'a=b'])).toBe(
    '"a,b","say ""so""","two\nlines",-5,0.5,,a=b\r\n',
  )
})
