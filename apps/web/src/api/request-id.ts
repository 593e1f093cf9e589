import { AppError } from '@maestro/contracts/errors'

/** Under this id the logs have what happened; null when no answer came at all. */
export const requestIdOf = (error: unknown): string | null => {
  const id = error instanceof AppError ? error.details['requestId'] : null
  return typeof id === 'string' ? id : null
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something broke inside the console.'
