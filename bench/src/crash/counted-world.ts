import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { text } from 'node:stream/consumers'

/** The answer comes this long after the effect, so that a kill finds calls whose effect is done and not yet known. */
const answerDelayMs = 150

/** The world outside: does what it is asked once per key, as a payment service does, and counts. */
export const startCountedWorld = async () => {
  /** What was done, by the keys under which it was done. */
  const effects = new Map<string, Set<string>>()
  const answers = new Map<string, string>()
  let requests = 0
  const server = createServer((request, response) => {
    void (async () => {
      const { callKey, what } = JSON.parse(await text(request)) as { callKey: string; what: string }
      requests += 1
      const done = answers.get(callKey)
      const answer = done ?? JSON.stringify({ done: what, number: answers.size + 1 })
      if (done === undefined) {
        answers.set(callKey, answer)
        effects.set(what, (effects.get(what) ?? new Set()).add(callKey))
        await sleep(answerDelayMs)
      }
      response.setHeader('content-type', 'application/json').end(answer)
    })().catch(() => response.writeHead(400).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/effects`,
    effects,
    requests: () => requests,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
