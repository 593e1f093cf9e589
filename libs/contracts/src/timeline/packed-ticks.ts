/** An event as the scrubber draws it; its number is its place. */
export type PlainTick = {
  atMs: number
  /** Index into the kinds. */
  kind: number
  /** Index into the steps; -1 where the event belongs to no step. */
  step: number
}

// Three numbers per event, each in as few bytes as it needs (LEB128, seven bits a byte, the lowest first):
// milliseconds since the event before (zigzag: 0, -1, 1, -2, … as 0, 1, 2, 3, …; the first one since
// `startAtMs`), the kind, and the step + 1. About four bytes an event where JSON takes thirty.

/** Those that follow later can be put behind them: they are packed from the moment of the last one on. */
export const bytesOfTicks = (ticks: readonly PlainTick[], startAtMs: number): Uint8Array => {
  const bytes: number[] = []
  const put = (value: number) => {
    let rest = value
    // Arithmetic, not shifts: these may be larger than 32 bits.
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
    bytes.push(rest)
  }
  let before = startAtMs
  for (const { atMs, kind, step } of ticks) {
    const later = atMs - before
    put(later >= 0 ? later * 2 : -later * 2 - 1)
    put(kind)
    put(step + 1)
    before = atMs
  }
  return Uint8Array.from(bytes)
}

/** @param packed The bytes as base64: so they travel in JSON. @throws {RangeError} when it ends within an event. */
export const unpackTicks = (packed: string, startAtMs: number): PlainTick[] => {
  const bytes = atob(packed)
  let place = 0
  const take = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes.charCodeAt(place)
      if (Number.isNaN(byte)) throw new RangeError('the ticks were cut off')
      place += 1
      value += (byte % 128) * factor
      if (byte < 128) return value
    }
  }
  const ticks: PlainTick[] = []
  let atMs = startAtMs
  while (place < bytes.length) {
    const later = take()
    atMs += later % 2 === 0 ? later / 2 : -(later + 1) / 2
    ticks.push({ atMs, kind: take(), step: take() - 1 })
  }
  return ticks
}
