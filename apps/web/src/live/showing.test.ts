import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createShowing } from './showing.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A page of which each picture takes `costMs`, in a window whose frames the test makes. */
const setup = ({ costMs = 1 } = {}) => {
  let now = 0
  let frames: (() => void)[] = []
  const page = { shown: 0, asked: 0, stood: 0 }
  const showing = createShowing({
    show: () => {
      page.shown += 1
      now += costMs
    },
    nextFrame: (run) => {
      page.asked += 1
      frames.push(run)
    },
    later: (ms, run) => void setTimeout(run, ms),
    nowMs: () => now,
  })
  const frame = async () => {
    const due = frames
    frames = []
    for (const run of due) run()
    await Promise.resolve()
  }
  const pass = async (ms: number) => {
    now += ms
    await vi.advanceTimersByTimeAsync(ms)
    await frame()
  }
  return { showing, page, frame, pass, stand: () => void (page.stood += 1) }
}

test('[V1] whatever changes within a frame is shown once, with it', async () => {
  const { showing, page, frame } = setup()
  for (let change = 0; change < 200; change += 1) showing.soon()
  expect(page).toMatchObject({ shown: 0, asked: 1 })
  await frame()
  expect(page.shown).toBe(1)
  await frame()
  expect(page.shown).toBe(1)
})

test('[V1] a page that nobody sees is shown once, when it is seen again', async () => {
  const { showing, page, frame } = setup()
  for (let change = 0; change < 10; change += 1) {
    showing.soon()
    await vi.advanceTimersByTimeAsync(60_000)
  }
  expect(page.shown).toBe(0)
  await frame()
  expect(page.shown).toBe(1)
})

test('[V1] a picture that took long leaves the page twice as long to itself', async () => {
  const { showing, page, frame, pass } = setup({ costMs: 30 })
  showing.soon()
  await frame()
  showing.soon()
  await pass(59)
  expect(page.shown).toBe(1)
  await pass(1)
  expect(page.shown).toBe(2)
})

test('[V2] while a page is built nothing is shown; a hand ends it, and what came meanwhile is there', async () => {
  const { showing, page, frame, pass, stand } = setup()
  showing.build(stand)
  showing.soon()
  await pass(1_000)
  expect([showing.isBuilding(), page.shown, page.stood]).toEqual([true, 0, 0])
  showing.hold(false)
  await frame()
  expect([showing.isBuilding(), page.shown, page.stood]).toEqual([false, 1, 1])
  await pass(5_000)
  expect(page.stood).toBe(1)
})

test('[V2] a page that does not say when it stands is taken to stand after two seconds', async () => {
  const { showing, page, pass, stand } = setup()
  showing.build(stand)
  showing.soon()
  await pass(1_999)
  expect([page.shown, page.stood]).toEqual([0, 0])
  await pass(1)
  expect([page.shown, page.stood]).toEqual([1, 1])
})

test('[V3] what happens while a hand holds is shown seldom, and with the next frame after it lets go', async () => {
  const { showing, page, frame, pass } = setup()
  showing.soon()
  await frame()
  showing.hold(true)
  showing.soon()
  await pass(400)
  expect(page.shown).toBe(1)
  await pass(100)
  expect(page.shown).toBe(2)
  showing.soon()
  await pass(10)
  showing.hold(false)
  await frame()
  expect(page.shown).toBe(3)
  // The frame that the hand held up has nothing left to show.
  await pass(500)
  expect(page.shown).toBe(3)
})

test('after a reset nothing is on its way', async () => {
  const { showing, page, pass, stand } = setup()
  showing.soon()
  showing.build(stand)
  showing.reset()
  await pass(2_000)
  expect([page.shown, page.stood, showing.isBuilding()]).toEqual([0, 0, false])
})
