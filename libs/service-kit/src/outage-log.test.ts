import { createRecordedLog } from './testing/recorded-log.ts'
import { expect, test } from 'vitest'
import { createOutageLog } from './outage-log.ts'

const openLog = () => {
  const { log, lines } = createRecordedLog()
  const clock = { at: 5_000 }
  const outage = createOutageLog({
    log,
    away: 'events wait',
    back: 'events go on',
    fields: { queue: 'default' },
    now: () => clock.at,
  })
  const later = (ms: number) => {
    clock.at += ms
  }
  return { lines, outage, later }
}
const warn = 40
const info = 30

test('an outage is said at its beginning, every ten seconds with how long it lasts, and at its end', () => {
  const { lines, outage, later } = openLog()
  // A try every quarter of a second, for 22 seconds.
  for (let tried = 0; tried < 88; tried += 1) {
    outage.failed(new Error('nobody is there'), { taskId: `task_${tried}` })
    later(250)
  }
  outage.worked()
  outage.worked()
  const err = expect.objectContaining({ message: 'nobody is there' })
  const away = { level: warn, queue: 'default', err, msg: 'events wait' }
  expect(lines).toEqual([
    { ...away, taskId: 'task_0', lastsMs: 0, failures: 1 },
    { ...away, taskId: 'task_40', lastsMs: 10_000, failures: 41 },
    { ...away, taskId: 'task_80', lastsMs: 20_000, failures: 81 },
    { level: info, queue: 'default', lastedMs: 22_000, failures: 88, msg: 'events go on' },
  ])
})

test('what comes and goes is said no more often than what stays away', () => {
  const { lines, outage, later } = openLog()
  for (let tried = 0; tried < 100; tried += 1) {
    outage.failed(new Error('now and then'))
    later(100)
    outage.worked()
    later(100)
  }
  expect(lines.filter(({ level }) => level === warn)).toHaveLength(2)
  expect(lines.filter(({ level }) => level === info)).toHaveLength(2)
})

test('an outage that lasts after a short one was said is said as well, though later', () => {
  const { lines, outage, later } = openLog()
  outage.failed(new Error('short'))
  outage.worked()
  later(1_000)
  outage.failed(new Error('long'))
  expect(lines).toHaveLength(2)
  later(9_000)
  outage.failed(new Error('long'))
  expect(lines[2]).toMatchObject({ level: warn, lastsMs: 9_000 })
})

test('what is not tried here any more neither lasts nor ends', () => {
  const { lines, outage, later } = openLog()
  outage.failed(new Error('away'))
  expect(outage.current()).toMatchObject({ since: 5_000, error: { message: 'away' } })
  outage.forget()
  expect(outage.current()).toBeNull()
  outage.worked()
  later(60_000)
  outage.failed(new Error('away again'))
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatchObject({ level: warn, lastsMs: 0 })
})
