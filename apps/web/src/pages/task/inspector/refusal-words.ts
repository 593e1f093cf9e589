import { AppError } from '@maestro/contracts/errors'
import { messageOf } from '../../../api/request-id.ts'

/** A refusal with its reason, where the rules gave one. */
export const refusalWords = (error: unknown): string => {
  const reason = error instanceof AppError ? error.details['reason'] : undefined
  if (typeof reason !== 'string') return messageOf(error)
  return `${messageOf(error).split(';')[0]}: ${reason}.`
}
