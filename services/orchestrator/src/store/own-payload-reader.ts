import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import type { PayloadStore } from '@maestro/service-kit/payload-store'

/** Our own payloads come from our own table, those of others from their service. */
export const createOwnPayloadReader = ({
  own,
  others,
}: {
  own: PayloadStore
  others: PayloadReader
}): PayloadReader => ({
  readText: (ref) =>
    ref.service === 'orchestrator' ? own.readText(ref.sha256) : others.readText(ref),
})
