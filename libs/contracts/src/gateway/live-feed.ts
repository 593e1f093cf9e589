import { z } from 'zod'
import { CloudEvent } from '../bus/cloud-event.ts'
import { ErrorBody } from '../error-body.ts'
import { LiveDelta } from '../llm/live-delta.ts'
import { TaskLine } from './http-task.ts'

/** Upgrades to a WebSocket; one per client, many topics. */
export const liveFeedPath = '/api/live'

/** Topics of one socket. */
export const liveTopicsMax = 64

/** A larger frame of a client closes its socket (1009). */
export const liveFrameBytesMax = 64 * 1024

/** `task:<id>`, `tasks`, `approvals`, `budgets`, `queues` or `system`. */
export const Topic = z
  .string()
  .regex(/^(task:task_[0-9a-z]{1,40}|tasks|approvals|budgets|queues|system)$/, 'no such topic')
export type Topic = z.infer<typeof Topic>

/** What a client may send; one message a frame. */
export const ClientMessage = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('subscribe'),
    topic: Topic,
    /** Only for a task: events after this one. Left out: from the head on. */
    after: z.int().nonnegative().optional(),
  }),
  z.object({ op: z.literal('unsubscribe'), topic: Topic }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/** What the server sends. A frame is always an array of these. */
export const ServerMessage = z.discriminatedUnion('op', [
  z.object({ op: z.literal('event'), topic: Topic, seq: z.int().positive(), event: CloudEvent }),
  LiveDelta.omit({ taskId: true }).extend({ op: z.literal('delta'), topic: Topic }),
  /** After catching up, then every 10 s: where the topic stands. A topic that is no task's says it once, with 0: subscribed. */
  z.object({ op: z.literal('head'), topic: Topic, seq: z.int().nonnegative() }),
  /** Topic `tasks`: one task's line has changed; it looks as in `GET /api/tasks`. */
  z.object({ op: z.literal('task'), topic: z.literal('tasks'), task: TaskLine }),
  /** Other topics: something changed, read it again. `*`: perhaps everything, after a lost connection. */
  z.object({ op: z.literal('changed'), topic: Topic, id: z.string() }),
  /** The client was too slow and was cut from the topic; subscribe again after `seq`. */
  z.object({ op: z.literal('lagged'), topic: Topic, seq: z.int().nonnegative() }),
  z.object({ op: z.literal('error'), error: ErrorBody, topic: z.string().optional() }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

export const ServerFrame = z.array(ServerMessage)
