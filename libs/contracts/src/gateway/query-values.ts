import { z } from 'zod'

/** A whole number in a query string. */
export const QueryNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

/** How many lines of a list one answer holds. */
export const QueryLimit = QueryNumber(1, 200).default(50)

/** The largest position that any task can have: far beyond what a task writes. */
export const seqMax = 1_000_000_000
