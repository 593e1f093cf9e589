import { createHash } from 'node:crypto'

/** Of a text's UTF-8, as hex digits. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')
