import { setTimeout as sleep } from 'node:timers/promises'
import type { PatientHttp } from './patient-http.ts'

const lookEveryMs = 400
/** A task that goes on meanwhile is read and answered again. */
const triesMax = 20

type Open = { approvalId: string; taskId: string }
export type GivenAnswer = { approvalId: string; statuses: readonly number[] }

/**
 * A person with a bad connection: every question is answered at once by two requests under one key and by a
 * third under another, each of them repeated until somebody answers.
 */
export const startAnsweringPerson = (http: PatientHttp) => {
  const given = new Map<string, Promise<GivenAnswer>>()
  let stopped = false
  const answer = async ({ approvalId, taskId }: Open): Promise<GivenAnswer> => {
    for (let tries = 1; ; tries += 1) {
      const { seq } = (await http(`/api/tasks/${taskId}`)).body as { seq: number }
      const say = async (key: string) => {
        const { status } = await http(`/api/approvals/${approvalId}/decision`, {
          body: { decision: 'approve', expectedSeq: seq },
          key: `${approvalId}-${seq}-${key}`,
        })
        return status
      }
      const statuses = await Promise.all([say('one'), say('one'), say('two')])
      if (statuses.some((status) => status < 300) || tries === triesMax)
        return { approvalId, statuses }
    }
  }
  const work = (async () => {
    while (!stopped) {
      const { body } = await http('/api/approvals?status=open&limit=200')
      for (const open of (body as { items: Open[] }).items)
        if (!given.has(open.approvalId)) given.set(open.approvalId, answer(open))
      await sleep(lookEveryMs)
    }
  })()
  return {
    stop: async (): Promise<GivenAnswer[]> => {
      stopped = true
      await work
      return Promise.all(given.values())
    },
  }
}
