import { PayloadRef } from './payload-ref.ts'

/** Every reference to a payload, wherever it stands. */
export const refsIn = function* (value: unknown): Generator<PayloadRef> {
  if (typeof value !== 'object' || value === null) return
  const ref = PayloadRef.safeParse(value)
  if (ref.success) yield ref.data
  else for (const part of Object.values(value)) yield* refsIn(part)
}
