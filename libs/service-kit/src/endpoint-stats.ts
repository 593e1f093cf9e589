import { z } from 'zod'

/**
 * What an endpoint really took and how often it failed, in the `data` of `$SRV.STATS`. The client's own
 * figures time how long a request took to be handed over, which is always nothing.
 */
export const EndpointStats = z.object({
  requests: z.int().nonnegative(),
  errors: z.int().nonnegative(),
  averageMs: z.number().nonnegative(),
})
export type EndpointStats = z.infer<typeof EndpointStats>

export type EndpointMeter = {
  /** One request of an endpoint has been answered. Rejections are answers; `failed` is for outages and defects. */
  count: (subject: string, tookMs: number, failed: boolean) => void
  of: (subject: string) => EndpointStats
}

export const createEndpointMeter = (): EndpointMeter => {
  const totals = new Map<string, { requests: number; errors: number; tookMs: number }>()
  return {
    count: (subject, tookMs, failed) => {
      const total = totals.get(subject) ?? { requests: 0, errors: 0, tookMs: 0 }
      total.requests += 1
      total.errors += failed ? 1 : 0
      total.tookMs += tookMs
      totals.set(subject, total)
    },
    of: (subject) => {
      const { requests, errors, tookMs } = totals.get(subject) ?? {
        requests: 0,
        errors: 0,
        tookMs: 0,
      }
      return { requests, errors, averageMs: requests === 0 ? 0 : tookMs / requests }
    },
  }
}
