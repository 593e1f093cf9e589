import { Actor } from '@maestro/contracts/actor'
import { type MsgHdrs, headers } from './nats.ts'

/** What every request carries beside its input (I10). */
export type RequestContext = {
  actor: Actor
  requestId: string
  /** The same key again gets the same answer. Null where the request repeats itself harmlessly. */
  idempotencyKey: string | null
}

const actorHeader = 'Maestro-Actor'
const requestIdHeader = 'Maestro-Request-Id'
const idempotencyKeyHeader = 'Maestro-Idempotency-Key'

export const writeContext = (context: RequestContext): MsgHdrs => {
  const fields = headers()
  fields.set(actorHeader, `${context.actor.kind}:${context.actor.id}`)
  fields.set(requestIdHeader, context.requestId)
  if (context.idempotencyKey !== null) fields.set(idempotencyKeyHeader, context.idempotencyKey)
  return fields
}

/** Only our own services can publish to `maestro.rpc.>`, so the header is theirs; a request without one is an unnamed service's. */
export const readContext = (fields: MsgHdrs | undefined): RequestContext => {
  const [kind, ...id] = (fields?.get(actorHeader) ?? '').split(':')
  const actor = Actor.safeParse({ kind, id: id.join(':') })
  return {
    actor: actor.success ? actor.data : { kind: 'service', id: 'unnamed' },
    requestId: fields?.get(requestIdHeader) ?? '',
    idempotencyKey: fields?.get(idempotencyKeyHeader) || null,
  }
}
