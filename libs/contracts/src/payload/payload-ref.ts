import { z } from 'zod'

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 is 64 hexadecimal digits')

/** Services that keep payloads. */
export const PayloadService = z.enum(['orchestrator', 'llm-router'])
export type PayloadService = z.infer<typeof PayloadService>

/** Where a large or private text lives (I7). The content is immutable: its address is its hash. */
export const PayloadRef = z.object({
  service: PayloadService,
  sha256: Sha256,
  bytes: z.int().nonnegative(),
  mediaType: z.string().max(120),
  /** The first characters as plain text, for a glance; empty where the content is not text. */
  preview: z.string().max(200),
})
export type PayloadRef = z.infer<typeof PayloadRef>

/** Raw bytes of one chunk: base64 of it and the JSON around it stay below the bus's 1 MiB per message. */
export const payloadChunkBytesMax = 512 * 1024

/** One input of a task, and so the largest payload there is. */
export const payloadBytesMax = 8 * 1024 * 1024
