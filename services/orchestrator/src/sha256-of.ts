import { createHash } from 'node:crypto'

/** Of a text's UTF-8, or of bytes, as hex digits. */
export const sha256Of = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex')
