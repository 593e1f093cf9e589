import { setImmediate as turn } from 'node:timers/promises'
import type { EmulatedFault } from './emulator-script.ts'
import type { Frame } from './wire-dialect.ts'

type Body = { frames: readonly Frame[]; besides: string }

const floodChunkBytes = 64 * 1024

/** A body that does not end, or not for long; null where the fault is another. */
export const endlessBody = (
  fault: EmulatedFault | undefined,
  { frames, besides, wait }: Body & { wait: (ms: number) => Promise<void> | undefined },
): AsyncIterable<Uint8Array> | null => {
  const pieces = frames.filter(({ isPiece }) => isPiece).map(({ text }) => text)
  const last = pieces.at(-1) ?? ''
  switch (fault?.kind) {
    case 'keep-alives':
      return repeated({
        first: head(frames, fault.afterPieces ?? 0),
        again: besides,
        wait,
        ...fault,
      })
    case 'trickle':
      return repeated({ first: head(frames, pieces.length), again: last, wait, ...fault })
    case 'flood': {
      const first = frames[0]?.text.replace(/\n+$/, '') ?? ''
      return fault.of === 'one line'
        ? flood(first.slice(0, first.indexOf('{') + 1) + '"junk":"', 'x', fault.bytes)
        : flood('', fault.of === 'pieces' ? last : besides, fault.bytes)
    }
    default:
      return null
  }
}

/** A body that ends as it should and looks odd on the way; null where the fault is another. */
export const spoiltBody = (
  fault: EmulatedFault | undefined,
  { frames, besides }: Body,
): AsyncIterable<Uint8Array> | null => {
  const bytes = () => Buffer.from(frames.map(({ text }) => text).join(''))
  switch (fault?.kind) {
    case 'slices':
      return slices(bytes(), fault.bytes)
    case 'half-character': {
      const whole = bytes()
      const at = whole.findIndex((byte) => byte >= 0xc0) + 1
      return slices(Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]), whole.length)
    }
    case 'comments': {
      const text = frames.map((frame) => besides + frame.text).join('')
      return slices(Buffer.from(text), text.length)
    }
    default:
      return null
  }
}

/** What comes before the piece after the first so many. */
const head = (frames: readonly Frame[], pieces: number): string => {
  let left = pieces
  const kept = frames.filter(({ isPiece }) => {
    if (isPiece) left -= 1
    return left >= 0 && (isPiece || left > 0)
  })
  return kept.map(({ text }) => text).join('')
}

const repeated = async function* ({
  first,
  again,
  everyMs,
  wait,
}: {
  first: string
  again: string
  everyMs: number
  wait: (ms: number) => Promise<void> | undefined
}): AsyncGenerator<Uint8Array> {
  if (first !== '') yield Buffer.from(first)
  for (;;) {
    await wait(everyMs)
    yield Buffer.from(again)
  }
}

const flood = async function* (
  first: string,
  of: string,
  bytesMax: number,
): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.from(of.repeat(Math.ceil(floodChunkBytes / of.length)))
  yield Buffer.from(first)
  for (let bytes = 0; bytes < bytesMax; bytes += chunk.length) yield chunk
}

const slices = async function* (bytes: Buffer, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) {
    yield bytes.subarray(at, at + length)
    // Each slice leaves by itself.
    await turn()
  }
}
