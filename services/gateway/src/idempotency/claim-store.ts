import { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'

export type KeyedRequest = {
  /** `<kind>:<id>` */
  actor: string
  key: string
  /** Method and address. */
  request: string
  bodyHash: string
}

export type StoredAnswer = { status: number; answer: unknown }

export type ClaimRow = {
  request: string
  bodyHash: string
  taskId: TaskId
  claim: number
  /** True when whoever claimed it has had all the time that a request can take. */
  abandoned: boolean
  stored: StoredAnswer | null
}

/** Longer than the longest request: uploads of all inputs and the command itself. */
const claimMsMax = 60_000
const keptMs = 24 * 3_600_000

export type ClaimStore = {
  /** True: the key is ours. False: somebody was here before. */
  claim: (request: KeyedRequest, taskId: TaskId) => Promise<boolean>
  read: (actor: string, key: string) => Promise<ClaimRow | null>
  /** Takes over what was given up. False: somebody else did. */
  takeOver: (actor: string, key: string, claim: number) => Promise<boolean>
  answer: (actor: string, key: string, claim: number, answer: StoredAnswer) => Promise<void>
  /** Gives the claim up, so that the next one tries again with the same task id. */
  release: (actor: string, key: string, claim: number) => Promise<void>
  /** At start: what this copy claimed in an earlier life is given up. */
  releaseOwn: () => Promise<void>
  sweep: () => Promise<void>
}

export const createClaimStore = ({ sql, copy }: { sql: Sql; copy: string }): ClaimStore => ({
  claim: async ({ actor, key, request, bodyHash }, taskId) => {
    const made = await sql`
      insert into idempotency_keys (actor, key, request, body_hash, task_id, claim, claimed_by, claimed_at)
      values (${actor}, ${key}, ${request}, ${bodyHash}, ${taskId}, 1, ${copy}, now())
      on conflict (actor, key) do nothing`
    return made.count === 1
  },

  read: async (actor, key) => {
    const [row] = await sql<
      {
        request: string
        bodyHash: string
        taskId: string
        claim: number
        abandoned: boolean
        status: number | null
        answer: string | null
      }[]
    >`
      select request, body_hash as "bodyHash", task_id as "taskId", claim, status, answer,
        claimed_at < now() - make_interval(secs => ${claimMsMax / 1_000}) as abandoned
      from idempotency_keys where actor = ${actor} and key = ${key}`
    if (!row) return null
    const { status, answer, taskId, ...claim } = row
    return {
      ...claim,
      taskId: TaskId.parse(taskId),
      stored: status === null ? null : { status, answer: JSON.parse(answer ?? 'null') },
    }
  },

  takeOver: async (actor, key, claim) => {
    const taken = await sql`
      update idempotency_keys set claim = claim + 1, claimed_by = ${copy}, claimed_at = now()
      where actor = ${actor} and key = ${key} and claim = ${claim} and status is null`
    return taken.count === 1
  },

  answer: async (actor, key, claim, { status, answer }) => {
    await sql`
      update idempotency_keys set status = ${status}, answer = ${JSON.stringify(answer)}
      where actor = ${actor} and key = ${key} and claim = ${claim} and status is null`
  },

  release: async (actor, key, claim) => {
    await sql`
      update idempotency_keys set claimed_at = 'epoch'
      where actor = ${actor} and key = ${key} and claim = ${claim} and status is null`
  },

  releaseOwn: async () => {
    await sql`
      update idempotency_keys set claimed_at = 'epoch' where claimed_by = ${copy} and status is null`
  },

  sweep: async () => {
    await sql`
      delete from idempotency_keys
      where created_at < now() - make_interval(secs => ${keptMs / 1_000})`
  },
})
