import { AppError } from '@maestro/contracts/errors'

/** Why a filter of logs cannot be read, said where it is typed; null for every other failure. */
export const filterProblem = (error: unknown): string | null => {
  if (!(error instanceof AppError) || error.details['field'] !== 'q') return null
  const { at, reason } = error.details
  return typeof reason === 'string' ? `At character ${Number(at) + 1}: ${reason}` : error.message
}
