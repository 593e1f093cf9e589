import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { Actor } from '@maestro/contracts/actor'
import { AgentId, nameOfStep, roleOf, StepId } from '@maestro/contracts/ids'
import { facetOf } from './facet.ts'
import { placeOfStep } from '@maestro/task-model/plan/place-of-step'
import { type StreamKind, streamKindOf } from './stream-kind.ts'
import { textOfEvent } from './text-of-event.ts'

export type EventRow = {
  kind: StreamKind
  subject: string
  seq: number
  era: number
  type: string
  atMs: number
  stepId: string | null
  /** The step's place in its plan. */
  step: string | null
  /** Of an event that says itself whose it is; else the plan knows. */
  agent: string | null
  text: string
  /** One per line. */
  facets: string
  body: string
}

/** The largest `integer` of Postgres. */
const seqMax = 2_147_483_647
const typePattern = /^maestro\.[A-Za-z]{1,80}$/

/** Null for what cannot be an event: it would be refused by the database, and with it all that came together with it. */
export const eventRowOf = (event: CloudEvent): EventRow | null => {
  const kind = streamKindOf(event.subject)
  if (kind === null || event.seq > seqMax || !typePattern.test(event.type)) return null
  const { subject, seq, data } = event
  const type = event.type.slice('maestro.'.length)
  const atMs = Date.parse(event.time)
  const stepId = StepId.safeParse(data['stepId']).data ?? null
  const agentId = AgentId.safeParse(data['agentId']).data
  const agent = agentId === undefined ? null : roleOf(agentId)
  const actor = Actor.safeParse(data['actor']).data?.id
  const facets = [
    facetOf('kind', kind),
    facetOf('type', type),
    ...(kind === 'task' ? [facetOf('task', subject)] : []),
    ...(actor === undefined ? [] : [facetOf('actor', actor)]),
    // A step that became several is found by its own id, and by the name that it has in the plan.
    ...(stepId === null ? [] : [facetOf('step', stepId)]),
    ...(stepId === null ? [] : [facetOf('step', nameOfStep(stepId))]),
    ...(agent === null ? [] : [facetOf('agent', agent)]),
  ]
  return {
    kind,
    subject,
    seq,
    era: kind === 'task' ? 0 : atMs,
    type,
    atMs,
    stepId,
    step: stepId === null ? null : placeOfStep(stepId),
    agent,
    text: textOfEvent(data),
    facets: facets.join('\n'),
    body: JSON.stringify(event),
  }
}
