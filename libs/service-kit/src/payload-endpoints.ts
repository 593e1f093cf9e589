import {
  getOrchestratorPayload,
  getRouterPayload,
} from '@maestro/contracts/payload/payload-endpoints'
import type { PayloadService } from '@maestro/contracts/payload/payload-ref'
import type { PayloadStore } from './payload-store.ts'
import { implement, type Implementation } from './serve.ts'

/** Serves a service's payloads to the other services. */
export const payloadEndpoint = (service: PayloadService, payloads: PayloadStore): Implementation =>
  implement(
    service === 'orchestrator' ? getOrchestratorPayload : getRouterPayload,
    async ({ sha256, offset }) => {
      const { bytes, mediaType, chunk, nextOffset } = await payloads.readChunk(sha256, offset)
      return { bytes, mediaType, chunkBase64: chunk.toString('base64'), nextOffset }
    },
  )
