import { AppError } from '@maestro/contracts/errors'
import type { z } from 'zod'

const issuesMax = 20

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`,
    '',
  )

/** @throws {AppError} `INVALID_INPUT` that names each field which does not fit. */
export const parsePart = (
  schema: z.ZodType | undefined,
  value: unknown,
  part: 'params' | 'query' | 'body',
): unknown => {
  if (schema === undefined) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError('INVALID_INPUT', {
    in: part,
    issues: result.error.issues
      .slice(0, issuesMax)
      .map(({ path, message }) => ({ path: pathText(path), message })),
  })
}

/** `?status=` means the same as no status at all. */
export const withoutBlanks = (query: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== ''))

const keyPattern = /^[\x21-\x7e]{1,200}$/

/** @throws {AppError} `INVALID_INPUT` for a key that is no plain text of at most 200 characters. */
export const readIdempotencyKey = (header: string | string[] | undefined): string | null => {
  if (header === undefined) return null
  if (typeof header === 'string' && keyPattern.test(header)) return header
  throw new AppError('INVALID_INPUT', {
    header: 'Idempotency-Key',
    reason: 'a key is 1 to 200 visible ASCII characters',
  })
}
