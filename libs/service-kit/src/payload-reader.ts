import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { LRUCache } from 'lru-cache'
import type { Call } from './call.ts'
import { readPayloadChunk } from './read-payload-chunk.ts'

const cacheBytesMax = 32 * 1024 * 1024

/** Reads payloads of whichever service keeps them. Contents are immutable, so what was read once is kept. */
export type PayloadReader = {
  /** @throws {AppError} `NOT_FOUND`. */
  readText: (ref: Pick<PayloadRef, 'service' | 'sha256'>) => Promise<string>
}

export const createPayloadReader = ({ call }: { call: Call }): PayloadReader => {
  const cache = new LRUCache<string, string>({
    maxSize: cacheBytesMax,
    sizeCalculation: (text) => text.length * 2 + 200,
  })
  const running = new Map<string, Promise<string>>()

  const fetchText = async (ref: Pick<PayloadRef, 'service' | 'sha256'>) => {
    const chunks: Buffer[] = []
    for (let offset: number | null = 0; offset !== null;) {
      const { chunkBase64, nextOffset }: { chunkBase64: string; nextOffset: number | null } =
        await readPayloadChunk(call, ref, offset)
      chunks.push(Buffer.from(chunkBase64, 'base64'))
      offset = nextOffset
    }
    const text = Buffer.concat(chunks).toString('utf8')
    if (text.length * 2 + 200 < cacheBytesMax) cache.set(ref.sha256, text)
    return text
  }

  return {
    readText: async (ref) => {
      const cached = cache.get(ref.sha256)
      if (cached !== undefined) return cached
      // Calls that start together read the same goal and prompts: they share one request.
      const started =
        running.get(ref.sha256) ?? fetchText(ref).finally(() => running.delete(ref.sha256))
      running.set(ref.sha256, started)
      return started
    },
  }
}
