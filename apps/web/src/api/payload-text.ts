import { payloadRoutes } from '@maestro/contracts/gateway/routes/payload-routes'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'

/** A text by its reference. Its address is its hash, so that it is never asked for twice. */
export const payloadTextQuery = (http: Http, ref: Pick<PayloadRef, 'service' | 'sha256'>) =>
  queryOptions({
    queryKey: ['payload', ref.service, ref.sha256],
    queryFn: ({ signal }) =>
      http.text(payloadRoutes.getPayload, {
        params: { service: ref.service, sha256: ref.sha256 },
        signal,
      }),
    staleTime: Infinity,
    gcTime: 30 * 60_000,
  })
