import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

const setup = () => {
  let now = 1_000
  const pace = createPace(() => now)
  const show = (ms: number) => {
    now += ms
    pace.took(ms)
  }
  return { pace, show, pass: (ms: number) => (now += ms) }
}

test('what costs little is shown with the next frame', () => {
  const { pace, show } = setup()
  expect(pace.waitMs()).toBe(0)
  show(3)
  expect(pace.waitMs()).toBe(0)
})

test('after a costly change the page has twice as long for itself, and half a second at most', () => {
  const { pace, show, pass } = setup()
  show(30)
  expect(pace.waitMs()).toBe(60)
  pass(45)
  expect(pace.waitMs()).toBe(15)
  pass(45)
  expect(pace.waitMs()).toBe(0)
  show(2_000)
  expect(pace.waitMs()).toBe(500)
})

test('while somebody moves something, news come twice a second', () => {
  const { pace, show, pass } = setup()
  show(1)
  pace.hold(true)
  expect(pace.waitMs()).toBe(500)
  pass(600)
  expect(pace.waitMs()).toBe(0)
  show(1)
  pace.hold(false)
  expect(pace.waitMs()).toBe(0)
})
