import { errorCodes, type ErrorCode } from '@maestro/contracts/errors'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the gateway says of a refusal. */
type Refused = { error?: { code?: string } } | null

const retryMs = 150
const patienceMs = 60_000

export type PatientHttp = (
  path: string,
  init?: { body?: unknown; key?: string },
) => Promise<{ status: number; body: unknown }>

/** Asks again, with the same key, for as long as somebody is away; a refusal of the rules is an answer. */
export const createPatientHttp =
  ({ url, token }: { url: string; token: string }): PatientHttp =>
  async (path, { body, key } = {}) => {
    const deadline = Date.now() + patienceMs
    for (;;) {
      const response = await fetch(`${url}${path}`, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
      }).catch(() => null)
      const answer: unknown = (await response?.json().catch(() => null)) ?? null
      const code = (answer as Refused)?.error?.code ?? ''
      const isPassing = code in errorCodes && errorCodes[code as ErrorCode].retry
      if (response !== null && response.status < 500 && !isPassing)
        return { status: response.status, body: answer }
      if (Date.now() > deadline)
        throw new Error(`${path}: ${response === null ? 'nobody there' : JSON.stringify(answer)}`)
      await sleep(retryMs)
    }
  }
