import { expect, test } from 'vitest'
import { placeBeside } from './place-beside.ts'

const room = { width: 1_000, height: 600 }
const size = { width: 100, height: 20 }

test('stands in the middle of the wished side', () => {
  const anchor = { left: 400, top: 300, width: 80, height: 40 }
  expect(placeBeside({ anchor, size, room, side: 'top' })).toEqual({ left: 390, top: 274 })
  expect(placeBeside({ anchor, size, room, side: 'right' })).toEqual({ left: 486, top: 310 })
})

test('goes to the other side where there is no room', () => {
  const anchor = { left: 400, top: 2, width: 80, height: 40 }
  expect(placeBeside({ anchor, size, room, side: 'top' })).toEqual({ left: 390, top: 48 })
})

test('never leaves the window', () => {
  const corner = { left: 990, top: 590, width: 10, height: 10 }
  for (const side of ['top', 'bottom', 'left', 'right'] as const) {
    const { left, top } = placeBeside({ anchor: corner, size, room, side })
    expect(left + size.width).toBeLessThan(room.width)
    expect(top + size.height).toBeLessThan(room.height)
  }
})
