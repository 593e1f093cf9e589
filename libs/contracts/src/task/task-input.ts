import { z } from 'zod'
import { PayloadRef } from '../payload/payload-ref.ts'

/** Kinds of files that a task takes, and the endings that stand for them when no media type is given. */
export const inputMediaTypes = {
  'text/markdown': ['.md', '.markdown'],
  'text/plain': ['.txt', '.log'],
  'text/csv': ['.csv'],
  'application/json': ['.json'],
} as const satisfies Record<string, readonly string[]>

export const InputMediaType = z.enum([
  'text/markdown',
  'text/plain',
  'text/csv',
  'application/json',
])
export type InputMediaType = z.infer<typeof InputMediaType>

/** A plain file name: no path, no control characters, so that it can be shown, logged and named in a plan. */
export const InputName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._()+-]{0,119}$/u,
    'an input name is a plain file name of at most 120 characters',
  )

export const inputsMax = 20

export const TaskInput = z.object({
  name: InputName,
  mediaType: InputMediaType,
  content: PayloadRef,
})
export type TaskInput = z.infer<typeof TaskInput>
