import { expect, test } from 'vitest'
import { eyeOf, readEye, viewportOf, writeEye } from './eye.ts'

test('what is written into an address is read from it again', () => {
  const eye = { x: -120, y: 340, zoom: 0.75 }
  expect(readEye(writeEye(eye))).toEqual(eye)
  expect(readEye(writeEye({ x: 0.4, y: -0.4, zoom: 1 }))).toEqual({ x: 0, y: 0, zoom: 1 })
})

test('what cannot be looked at is left out', () => {
  for (const text of [undefined, '', '1,2', '1,2,9', '1,2,0', 'a,b,c', '1,2,1e3', '99999999,1,1'])
    expect(readEye(text)).toBeNull()
})

test('the middle of the picture stays the middle in a window of another size', () => {
  const eye = eyeOf({ x: 100, y: -50, zoom: 0.5 }, { width: 800, height: 600 })
  const small = { width: 300, height: 200 }
  const back = eyeOf(viewportOf(eye, small), small)
  expect(back.x).toBeCloseTo(eye.x)
  expect(back.y).toBeCloseTo(eye.y)
})
