import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { z } from 'zod'

const endedStatuses = new Set(['succeeded', 'failed', 'cancelled'])
const eventsPerPage = 500

const Created = z.object({ taskId: z.string(), seq: z.int() })
const Folded = z.object({ seq: z.int(), state: z.looseObject({ status: z.string() }) })
const EventPage = z.object({ events: z.array(CloudEvent), head: z.int() })

type HttpInit = Omit<RequestInit, 'headers'> & { headers?: Readonly<Record<string, string>> }

export type FoldedTask = z.infer<typeof Folded>

/** The gateway as an outside program uses it. Throws with the body where the answer is no success. */
export const createHttpClient = ({ consoleUrl, token }: { consoleUrl: string; token: string }) => {
  const send = (path: string, init: HttpInit = {}) =>
    fetch(`${consoleUrl}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...init.headers,
      },
    })
  const ask = async (path: string, init?: HttpInit): Promise<unknown> => {
    const response = await send(path, init)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const task = async (taskId: string) => Folded.parse(await ask(`/api/tasks/${taskId}`))
  return {
    send,
    ask,
    task,
    createTask: async (body: unknown, key?: string) =>
      Created.parse(
        await ask('/api/tasks', {
          method: 'POST',
          body: JSON.stringify(body),
          ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
        }),
      ),
    stateAt: async (taskId: string, at: number) =>
      Folded.parse(await ask(`/api/tasks/${taskId}/state?at=${at}`)),
    allEvents: async (taskId: string) => {
      const events: CloudEvent[] = []
      for (;;) {
        const page = EventPage.parse(
          await ask(`/api/tasks/${taskId}/events?after=${events.length}&limit=${eventsPerPage}`),
        )
        events.push(...page.events)
        if (events.length >= page.head) return events
      }
    },
    result: async (taskId: string) =>
      (await send(`/api/tasks/${taskId}/export.md?of=result`)).text(),
    /** Waits until the task has ended; an outage of the edge on the way is waited out. */
    ended: async (taskId: string, timeoutMs = 240_000): Promise<FoldedTask> => {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const folded = await task(taskId).catch((error: unknown) => error)
        if (!(folded instanceof Error)) {
          const { state } = folded as FoldedTask
          if (endedStatuses.has(state.status)) return folded as FoldedTask
        }
        if (Date.now() > deadline) {
          throw new Error(
            `${taskId} did not end: ${folded instanceof Error ? folded.message : JSON.stringify(folded).slice(0, 2_000)}`,
          )
        }
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
  }
}

export type HttpClient = ReturnType<typeof createHttpClient>
