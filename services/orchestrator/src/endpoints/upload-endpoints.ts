import { putPayload } from '@maestro/contracts/payload/payload-endpoints'
import { payloadEndpoint } from '@maestro/service-kit/payload-endpoints'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import { implement, type Implementation } from '@maestro/service-kit/serve'

export const uploadEndpoints = ({ payloads }: { payloads: PayloadStore }): Implementation[] => [
  payloadEndpoint('orchestrator', payloads),
  implement(putPayload, async ({ sha256, bytes, mediaType, offset, chunkBase64 }) => {
    const content = Buffer.from(chunkBase64, 'base64')
    return { ref: await payloads.putChunk({ sha256, bytes, mediaType, offset, content }) }
  }),
]
