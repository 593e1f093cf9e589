import { LiveDelta } from '@maestro/contracts/llm/live-delta'

/** Null for what is no piece of text. */
export const readDelta = (data: Uint8Array): LiveDelta | null => {
  try {
    const delta = LiveDelta.safeParse(JSON.parse(Buffer.from(data).toString('utf8')))
    return delta.success ? delta.data : null
  } catch {
    return null
  }
}
