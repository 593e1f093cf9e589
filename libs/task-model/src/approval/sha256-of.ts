// SHA-256 (FIPS 180-4) over UTF-8. Here, because the rules run in a browser as well, at once and without IO.

const blockBytes = 64

const primes = (count: number): number[] => {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate += 1)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  return found
}

/** The first 32 bits of the fraction. */
const fraction = (value: number): number => ((value - Math.floor(value)) * 2 ** 32) | 0

const roundConstants = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)))
const startWords = primes(8).map((prime) => fraction(Math.sqrt(prime)))

const rotated = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits))

/** As 64 hex digits. */
export const sha256Of = (text: string): string => {
  const bytes = padded(new TextEncoder().encode(text))
  const view = new DataView(bytes.buffer)
  const hash = Int32Array.from(startWords)
  for (let offset = 0; offset < bytes.length; offset += blockBytes) addBlock(hash, view, offset)
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** A one bit, zeros, and the length in bits, up to whole blocks. */
const padded = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / blockBytes) * blockBytes)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  new DataView(whole.buffer).setBigUint64(whole.length - 8, BigInt(bytes.length) * 8n)
  return whole
}

const addBlock = (hash: Int32Array, view: DataView, offset: number): void => {
  const words = new Int32Array(64)
  const word = (index: number): number => words[index] ?? 0
  for (let index = 0; index < 16; index += 1) words[index] = view.getInt32(offset + index * 4)
  for (let index = 16; index < 64; index += 1) {
    const [early, late] = [word(index - 15), word(index - 2)]
    const mixedEarly = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3)
    const mixedLate = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10)
    words[index] = word(index - 16) + mixedEarly + word(index - 7) + mixedLate
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let index = 0; index < 64; index += 1) {
    const sumE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    const choice = (e & f) ^ (~e & g)
    const first = (h + sumE + choice + (roundConstants[index] ?? 0) + word(index)) | 0
    const sumA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sumA + majority) | 0]
  }
  for (const [index, added] of [a, b, c, d, e, f, g, h].entries())
    hash[index] = (hash[index] ?? 0) + added
}
