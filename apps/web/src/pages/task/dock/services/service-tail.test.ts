import type { LogLine } from '@maestro/contracts/timeline/log-endpoints'
import { expect, test } from 'vitest'
import { createServiceTail, type ReadServicePage } from './service-tail.ts'

const lineAt = (second: number): LogLine => ({
  id: `p:${second}`,
  at: new Date(second * 1_000).toISOString(),
  level: 'info',
  service: 'orchestrator',
  copy: 'o-1',
  message: `at ${second}`,
  taskId: null,
  stepId: null,
  agent: null,
  callId: null,
  traceId: null,
  fields: {},
})

/** A log that can grow, in pages of three. */
const openLog = () => {
  const log: LogLine[] = []
  const asked: Parameters<ReadServicePage>[0][] = []
  const read: ReadServicePage = async (range) => {
    asked.push(range)
    const { from = '', cursor } = range
    const fitting = log
      .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
      .filter(({ at }) => at >= from && (cursor === undefined || at < cursor))
    const items = fitting.slice(0, 3)
    const nextCursor = fitting.length > 3 ? (items.at(-1)?.at ?? null) : null
    return { items, nextCursor, pruned: null }
  }
  const tail = createServiceTail(read)
  const shown = () => tail.view.getState().lines?.map(({ message }) => message)
  return { log, asked, tail, shown }
}

test('the newest lines come first, older ones page by page, each once and in their order', async () => {
  const { log, tail, shown } = openLog()
  for (let second = 100; second < 108; second += 1) log.push(lineAt(second))
  await tail.refresh({ follows: true })
  expect(shown()).toEqual(['at 105', 'at 106', 'at 107'])
  await tail.readOlder()
  await tail.readOlder()
  expect(shown()).toEqual(Array.from({ length: 8 }, (_, index) => `at ${index + 100}`))
  expect(tail.view.getState().olderCursor).toBeNull()
})

test('what comes later is added, also where it stands behind what is younger', async () => {
  const { log, tail, shown, asked } = openLog()
  log.push(lineAt(100), lineAt(200))
  await tail.refresh({ follows: true })
  log.push(lineAt(195), lineAt(201))
  await tail.refresh({ follows: true })
  expect(shown()).toEqual(['at 100', 'at 195', 'at 200', 'at 201'])
  expect(asked.at(-1)?.from).toBe(new Date(185_000).toISOString())
})

test('what came is followed over some pages, and joined to what is shown', async () => {
  const { log, tail, shown } = openLog()
  log.push(lineAt(100))
  await tail.refresh({ follows: true })
  for (let second = 101; second < 110; second += 1) log.push(lineAt(second))
  await tail.refresh({ follows: true })
  expect(shown()).toEqual(Array.from({ length: 10 }, (_, index) => `at ${index + 100}`))
})

test('who follows and missed too much begins again at the newest, with no hole in between', async () => {
  const { log, tail, shown } = openLog()
  log.push(lineAt(100))
  await tail.refresh({ follows: true })
  for (let second = 101; second < 130; second += 1) log.push(lineAt(second))
  await tail.refresh({ follows: true })
  expect(shown()).toEqual(['at 127', 'at 128', 'at 129'])
  await tail.readOlder()
  expect(shown()).toEqual(['at 124', 'at 125', 'at 126', 'at 127', 'at 128', 'at 129'])
})

test('what somebody reads stays, and newer lines are offered until they follow again', async () => {
  const { log, tail, shown, asked } = openLog()
  log.push(lineAt(100))
  await tail.refresh({ follows: true })
  for (let second = 101; second < 110; second += 1) log.push(lineAt(second))
  await tail.refresh({ follows: false })
  expect(shown()).toEqual(['at 100'])
  expect(tail.view.getState().hasNewer).toBe(true)
  const before = asked.length
  await tail.refresh({ follows: false })
  expect(asked).toHaveLength(before)
  await tail.refresh({ follows: true })
  expect(shown()).toHaveLength(10)
  expect(tail.view.getState().hasNewer).toBe(false)
})

test('older lines that were asked for before it began again are left out: there would be a hole', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  let newest = { second: 100, nextCursor: 'old' }
  const tail = createServiceTail(async ({ cursor, from }) => {
    if (cursor === 'old') {
      await gate
      return { items: [lineAt(50)], nextCursor: null, pruned: null }
    }
    const nextCursor = from === undefined ? newest.nextCursor : 'there is always more'
    return { items: [lineAt(newest.second)], nextCursor, pruned: null }
  })
  await tail.refresh({ follows: true })
  newest = { second: 300, nextCursor: 'new' }
  const older = tail.readOlder()
  expect(tail.view.getState().isReadingOlder).toBe(true)
  await tail.refresh({ follows: true })
  open()
  await older
  const { lines, olderCursor, isReadingOlder } = tail.view.getState()
  expect(lines?.map(({ message }) => message)).toEqual(['at 300'])
  expect([olderCursor, isReadingOlder]).toEqual(['new', false])
})

test('a question that fails is said, and what is shown stays', async () => {
  let isAway = false
  const tail = createServiceTail(async () => {
    if (isAway) throw new Error('away')
    return { items: [lineAt(1)], nextCursor: null, pruned: null }
  })
  await tail.refresh({ follows: true })
  isAway = true
  await tail.refresh({ follows: true })
  expect(tail.view.getState()).toMatchObject({ error: { message: 'away' } })
  expect(tail.view.getState().lines).toHaveLength(1)
  isAway = false
  await tail.refresh({ follows: true })
  expect(tail.view.getState().error).toBeNull()
})
