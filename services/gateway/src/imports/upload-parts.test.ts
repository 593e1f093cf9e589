import { payloadChunkBytesMax } from '@maestro/contracts/payload/payload-ref'
import { dropTaskFile } from '@maestro/contracts/task/import-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sha256Of } from '../sessions/token-check.ts'
import { uploadParts } from './upload-parts.ts'

const context: RequestContext = {
  actor: { kind: 'person', id: 'owner' },
  requestId: 'req_test',
  idempotencyKey: null,
}

/** The wire's other end: keeps what is sent, by its hash. */
const openStore = () => {
  const kept = new Map<string, Buffer>()
  const atMs = new Map<string, number>()
  const call = (async (
    endpoint: unknown,
    input: {
      sha256: string
      chunkBase64: string
      parts: readonly string[]
      olderThanMs: number
    },
  ) => {
    if (endpoint === dropTaskFile) {
      const beforeMs = performance.now() - input.olderThanMs
      for (const part of input.parts) if ((atMs.get(part) ?? 0) <= beforeMs) kept.delete(part)
      return {}
    }
    // It takes a moment until it is there.
    await delay(20)
    atMs.set(input.sha256, performance.now())
    kept.set(input.sha256, Buffer.from(input.chunkBase64, 'base64'))
    return { ref: null }
  }) as unknown as Call
  const wholeOf = (parts: readonly string[]) =>
    Buffer.concat(parts.map((part) => kept.get(part) ?? Buffer.alloc(0)))
  return { call, kept, wholeOf }
}
const bounds = { context, mediaType: 'application/x-ndjson', bytesMax: 8 * payloadChunkBytesMax }
const content = Buffer.alloc(3 * payloadChunkBytesMax + 17, 'line\n')

test('however it comes, a file is cut in the same places, and adds up to what it was', async () => {
  const store = openStore()
  const inPieces = (bytes: number) =>
    Readable.from(
      Array.from({ length: Math.ceil(content.length / bytes) }, (_, index) =>
        content.subarray(index * bytes, (index + 1) * bytes),
      ),
    )
  const seen = new Set<string>()
  for (const bytes of [content.length, 65_536, 700_001]) {
    const parts = await uploadParts(inPieces(bytes), { ...bounds, call: store.call })
    expect(parts).toHaveLength(4)
    expect(store.wholeOf(parts).equals(content)).toBe(true)
    expect(parts.every((part) => sha256Of(store.kept.get(part) ?? '') === part)).toBe(true)
    seen.add(parts.join())
  }
  expect(seen.size).toBe(1)
})

test('one that is too long is refused before the rest of it is read, and the sender can be answered', async () => {
  const file = Readable.from([content, content, content, content, content, content])
  const store = openStore()
  const sending = uploadParts(file, { ...bounds, call: store.call })
  await expect(sending).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  expect(file.destroyed).toBe(false)
  expect(store.kept.size).toBe(0)
})

test('one whose sender went away, and an empty one, are no files, and nothing of them stays', async () => {
  const cut = Readable.from(
    (async function* () {
      yield content
      throw new Error('aborted')
    })(),
  )
  for (const file of [cut, Readable.from([])]) {
    const store = openStore()
    await expect(uploadParts(file, { ...bounds, call: store.call })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect(store.kept.size).toBe(0)
  }
})
