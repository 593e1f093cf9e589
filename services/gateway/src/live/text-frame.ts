const finalText = 0x81
/** Longer payloads say their length in two bytes more, those of 64 KiB and more in eight. */
const shortMax = 125
const mediumMax = 65_535

/** A whole WebSocket message of a server as it goes over the wire (RFC 6455, 5.2): not masked, not compressed, in one frame. */
export const textFrameOf = (text: string): Buffer => {
  const length = Buffer.byteLength(text)
  const headBytes = length <= shortMax ? 2 : length <= mediumMax ? 4 : 10
  const frame = Buffer.allocUnsafe(headBytes + length)
  frame[0] = finalText
  if (headBytes === 2) frame[1] = length
  else if (headBytes === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, headBytes, 'utf8')
  return frame
}
