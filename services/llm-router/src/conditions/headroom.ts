import { z } from 'zod'

/** One quota as a provider states it with a reply: so many, so many left, full again at that time. */
export const Quota = z.object({
  limit: z.number().positive(),
  left: z.number().nonnegative(),
  fullAtMs: z.number(),
})
export type Quota = z.infer<typeof Quota>

/** What is left of our rate limits at one model, as last heard by any worker. */
export const Headroom = z.object({
  seenAtMs: z.number(),
  requests: Quota.nullable(),
  tokens: Quota.nullable(),
})
export type Headroom = z.infer<typeof Headroom>

/** What is left of a quota by now: it fills up evenly until it is full. */
export const leftAt = ({ limit, left, fullAtMs }: Quota, seenAtMs: number, nowMs: number) => {
  if (nowMs >= fullAtMs) return limit
  const share = Math.max(nowMs - seenAtMs, 0) / Math.max(fullAtMs - seenAtMs, 1)
  return Math.min(left + (limit - left) * share, limit)
}

/** The scarcest of the quotas, from 0 to 1. */
export const headroomShare = ({ seenAtMs, requests, tokens }: Headroom, nowMs: number): number =>
  Math.min(
    1,
    ...[requests, tokens].flatMap((quota) =>
      quota === null ? [] : [leftAt(quota, seenAtMs, nowMs) / quota.limit],
    ),
  )
