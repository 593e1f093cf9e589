/** Of each frame so much of its beginning and of its end is kept: the first event's time, the last one's seq. */
const startBytes = 512
const endBytes = 2_048

const pingOpcode = 9

export type ReadFrame = { start: Buffer; end: Buffer }

/**
 * Follows the frames of one connection through chunks that are cut anywhere, and copies nothing but
 * their edges: who measures must cost less than what is measured. Frames of a server are not masked.
 */
export const createFrameReader = ({
  onFrame,
  onPing,
}: {
  /** At the end of a frame with text; what is given is overwritten by the next one. */
  onFrame: (frame: ReadFrame) => void
  onPing: () => void
}) => {
  const header = Buffer.alloc(10)
  const start = Buffer.alloc(startBytes)
  const end = Buffer.alloc(endBytes)
  let headerLength = 0
  let startLength = 0
  let endLength = 0
  /** Bytes of the frame that have not come; null: its header has not come yet. */
  let left: number | null = null

  const keepEdges = (piece: Buffer) => {
    startLength += piece.copy(start, startLength)
    const kept = Math.min(endLength, Math.max(0, endBytes - piece.length))
    end.copyWithin(0, endLength - kept, endLength)
    const taken = piece.subarray(Math.max(0, piece.length - endBytes))
    endLength = kept + taken.copy(end, kept)
  }

  const finish = () => {
    if (((header[0] ?? 0) & 15) === pingOpcode) onPing()
    else onFrame({ start: start.subarray(0, startLength), end: end.subarray(0, endLength) })
    left = null
    headerLength = startLength = endLength = 0
  }

  return {
    take: (chunk: Buffer): void => {
      let at = 0
      while (at < chunk.length) {
        if (left === null) {
          header[headerLength] = chunk[at] ?? 0
          headerLength += 1
          at += 1
          left = payloadBytes(header.subarray(0, headerLength))
        } else {
          const piece = chunk.subarray(at, at + left)
          keepEdges(piece)
          at += piece.length
          left -= piece.length
        }
        if (left === 0) finish()
      }
    },
  }
}

/** What the header says; null while it is not whole. */
const payloadBytes = (header: Buffer): number | null => {
  if (header.length < 2) return null
  const length = (header[1] ?? 0) & 127
  if (length < 126) return length
  if (length === 126) return header.length < 4 ? null : header.readUInt16BE(2)
  return header.length < 10 ? null : Number(header.readBigUInt64BE(2))
}
