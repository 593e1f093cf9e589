import { AppError } from '@maestro/contracts/errors'

/** @throws {AppError} `NOT_ALLOWED_NOW`, with why, and with what could be done instead. */
export const refuseNow = (
  why: string,
  allowed: readonly string[],
  about: Record<string, unknown> = {},
): never => {
  throw new AppError('NOT_ALLOWED_NOW', { ...about, reason: why, allowed })
}
