import { createHash, timingSafeEqual } from 'node:crypto'

export const sha256Of = (text: string | Buffer): string =>
  createHash('sha256').update(text).digest('hex')

/** Compares in a time that tells nothing: hashes have one length, whatever was sent. */
export const createTokenCheck = (token: string): ((sent: string) => boolean) => {
  const expected = createHash('sha256').update(token).digest()
  return (sent) => timingSafeEqual(createHash('sha256').update(sent).digest(), expected)
}
