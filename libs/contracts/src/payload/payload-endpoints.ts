import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { payloadBytesMax, PayloadRef, Sha256 } from './payload-ref.ts'

const GetPayloadInput = z.object({
  sha256: Sha256,
  offset: z.int().nonnegative().max(payloadBytesMax),
})
const GetPayloadOutput = z.object({
  bytes: z.int().nonnegative(),
  mediaType: z.string(),
  /** From `offset`, at most 512 KiB of it. */
  chunkBase64: z.string(),
  /** Where the next chunk starts; null after the last one. */
  nextOffset: z.int().nullable(),
})

const getPayloadOf = (service: 'orchestrator' | 'llm-router') =>
  endpoint({
    service,
    name: 'getPayload',
    summary: 'One chunk of a payload by its SHA-256.',
    input: GetPayloadInput,
    output: GetPayloadOutput,
    errors: ['NOT_FOUND'],
    timeoutMs: 5_000,
  })

export const getOrchestratorPayload = getPayloadOf('orchestrator')
export const getRouterPayload = getPayloadOf('llm-router')

/** A chunk of an upload. A payload whose chunks are all there is complete; one that no event names is swept after a day. */
export const putPayload = endpoint({
  service: 'orchestrator',
  name: 'putPayload',
  summary: 'Stores one chunk of a payload; the reference comes with the last missing chunk.',
  input: z.object({
    sha256: Sha256,
    bytes: z.int().nonnegative().max(payloadBytesMax),
    mediaType: z.string().max(120),
    offset: z.int().nonnegative(),
    chunkBase64: z.string().max(720_000),
  }),
  output: z.object({ ref: PayloadRef.nullable() }),
  errors: ['INVALID_INPUT', 'PAYLOAD_TOO_LARGE'],
  timeoutMs: 10_000,
})
