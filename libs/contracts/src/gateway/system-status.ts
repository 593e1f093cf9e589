import { z } from 'zod'

/** What a copy cannot do for a while now, though it answers. */
export const Trouble = z.object({
  what: z.string(),
  reason: z.string(),
  since: z.string(),
})
export type Trouble = z.infer<typeof Trouble>

/** One running copy of a service, as it answers `$SRV.STATS`. */
export const ServiceCopy = z.object({
  service: z.string(),
  /** Its name: the same after a restart. */
  copy: z.string(),
  /** Of this life of the copy; a new one with every start. */
  id: z.string(),
  version: z.string(),
  startedAt: z.string(),
  /** Null while all is well, as far as its own work shows. */
  trouble: Trouble.nullable(),
  endpoints: z.array(
    z.object({
      name: z.string(),
      requests: z.int().nonnegative(),
      errors: z.int().nonnegative(),
      averageMs: z.number().nonnegative(),
    }),
  ),
})
export type ServiceCopy = z.infer<typeof ServiceCopy>

export const StreamState = z.object({
  name: z.string(),
  messages: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  consumers: z.array(
    z.object({
      name: z.string(),
      /** Messages that it has not been given yet. */
      waiting: z.int().nonnegative(),
      /** Given, but not confirmed yet. */
      inFlight: z.int().nonnegative(),
      redelivered: z.int().nonnegative(),
    }),
  ),
})
export type StreamState = z.infer<typeof StreamState>

export const SystemStatus = z.object({
  nats: z.object({
    connected: z.boolean(),
    version: z.string(),
    roundTripMs: z.number().nullable(),
  }),
  services: z.array(ServiceCopy),
  streams: z.array(StreamState),
  live: z.object({ sockets: z.int().nonnegative(), tasksWatched: z.int().nonnegative() }),
})
export type SystemStatus = z.infer<typeof SystemStatus>
