export type BoundedBytes = {
  bytes: Uint8Array
  /** There was more, which was not read. */
  isCut: boolean
}

/** The beginning of a body, up to a bound. Whoever sends more is not listened to any longer. */
export const readBounded = async (
  body: AsyncIterable<Uint8Array> | null,
  bytesMax: number,
): Promise<BoundedBytes> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > bytesMax) break
  }
  const isCut = length > bytesMax
  return { bytes: Buffer.concat(chunks).subarray(0, bytesMax), isCut }
}
