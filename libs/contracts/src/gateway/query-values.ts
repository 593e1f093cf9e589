import { z } from 'zod'

/** Not `1e3`, ` 1`, `0x10` or `1.0`, which JavaScript takes for numbers as well. */
const plainDigits = /^(?:0|[1-9]\d{0,14})$/

/** A whole number in an address: decimal digits and nothing else. */
export const QueryNumber = (min: number, max: number) => {
  const error = `write a whole number from ${min} to ${max}, in plain digits`
  return z.preprocess(
    (value) => (typeof value === 'string' && plainDigits.test(value) ? Number(value) : value),
    z.int({ error }).min(min, { error }).max(max, { error }),
  )
}

/** How many lines of a list one answer holds. */
export const QueryLimit = QueryNumber(1, 200).default(50)

/** The largest position that any task can have: far beyond what a task writes. */
export const seqMax = 1_000_000_000
