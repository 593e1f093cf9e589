import { expect, test } from 'vitest'
import { createReportGate } from './report-gate.ts'

const nobodyLeaves = new AbortController().signal
const gateOf = (limitMs = 60_000) =>
  createReportGate({ what: 'exports', atOnceMax: 1, waitingMax: 1, limitMs })
const held = () => Promise.withResolvers<string>()

test('what is too much at once waits, and what is too much to wait is refused', async () => {
  const [gate, first] = [gateOf(), held()]
  const began: string[] = []
  const made = [
    gate(() => first.promise, nobodyLeaves),
    gate(async () => began.push('second'), nobodyLeaves),
  ]
  await expect(gate(async () => began.push('third'), nobodyLeaves)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  })
  expect(began).toEqual([])
  first.resolve('first')
  await Promise.all(made)
  expect(began).toEqual(['second'])
})

test('who goes away leaves the queue, and the one behind has the place', async () => {
  const [gate, first, leaving] = [gateOf(), held(), new AbortController()]
  const running = gate(() => first.promise, nobodyLeaves)
  const left = gate(async () => 'left', leaving.signal)
  leaving.abort()
  await expect(left).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const behind = gate(async () => 'behind', nobodyLeaves)
  first.resolve('first')
  expect(await Promise.all([running, behind])).toEqual(['first', 'behind'])
})

test('time that was waited is counted, and work is told when it is over', async () => {
  const gate = gateOf(20)
  const work = (signal: AbortSignal) =>
    new Promise((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason as Error)
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
  const [slow, waited] = [gate(work, nobodyLeaves), gate(work, nobodyLeaves)]
  await Promise.allSettled([slow, waited])
  await expect(slow).rejects.toMatchObject({ code: 'TIMEOUT' })
  await expect(waited).rejects.toMatchObject({ code: 'TIMEOUT' })
})
