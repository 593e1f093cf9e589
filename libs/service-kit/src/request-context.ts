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
  return {
    actor: actorOf(fields?.get(actorHeader) ?? ''),
    requestId: fields?.get(requestIdHeader) ?? '',
    idempotencyKey: fields?.get(idempotencyKeyHeader) || null,
  }
}

/** The few who ask again and again, so that each of their requests need not be read anew. */
const knownActors = new Map<string, Actor>()
const knownActorsMax = 1_000

const actorOf = (header: string): Actor => {
  const known = knownActors.get(header)
  if (known !== undefined) return known
  const [kind, ...id] = header.split(':')
  const parsed = Actor.safeParse({ kind, id: id.join(':') })
  const actor: Actor = parsed.success ? parsed.data : { kind: 'service', id: 'unnamed' }
  if (knownActors.size >= knownActorsMax) knownActors.clear()
  knownActors.set(header, actor)
  return actor
}
