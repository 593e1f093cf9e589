import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrameReader } from './frame-reader.ts'

const lengthBytes = (length: number): Buffer => {
  if (length < 126) return Buffer.from([length])
  const long = Buffer.alloc(length < 65_536 ? 3 : 9)
  long[0] = length < 65_536 ? 126 : 127
  if (length < 65_536) long.writeUInt16BE(length, 1)
  else long.writeBigUInt64BE(BigInt(length), 1)
  return long
}
const frameOf = (opcode: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([0x80 | opcode]), lengthBytes(payload.length), payload])

const someFrame = fc.oneof(
  fc.constant({ isPing: true, length: 0, fill: 0 }),
  fc.record({
    isPing: fc.constant(false),
    length: fc.oneof(fc.nat(300), fc.integer({ min: 500, max: 70_000 })),
    fill: fc.nat(255),
  }),
)

test('frames are read alike wherever their bytes are cut', () =>
  fc.assert(
    fc.property(
      fc.array(someFrame, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1 }),
      (frames, cuts) => {
        const payloads = frames.map(({ length, fill }) =>
          Buffer.from(Array.from({ length }, (_, index) => (fill + index * 7) % 251)),
        )
        const bytes = Buffer.concat(
          frames.map(({ isPing }, index) => frameOf(isPing ? 9 : 1, payloads[index] ?? bytes)),
        )
        const read: (string | { start: string; end: string })[] = []
        const reader = createFrameReader({
          onFrame: ({ start, end }) =>
            read.push({ start: start.toString('hex'), end: end.toString('hex') }),
          onPing: () => read.push('ping'),
        })
        for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
          const size = cuts[cut % cuts.length] ?? 1
          reader.take(bytes.subarray(at, at + size))
          at += size
        }
        expect(read).toEqual(
          frames.map(({ isPing }, index) => {
            const payload = payloads[index] ?? bytes
            return isPing
              ? 'ping'
              : {
                  start: payload.subarray(0, 512).toString('hex'),
                  end: payload.subarray(-2_048).toString('hex'),
                }
          }),
        )
      },
    ),
    { numRuns: 60 },
  ))
