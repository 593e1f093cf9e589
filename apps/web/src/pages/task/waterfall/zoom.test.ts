import { expect, test } from 'vitest'
import { timeScale } from './time-scale.ts'
import { readZoom, writeZoom } from './zoom.ts'

const all = { fromMs: 1_000_000, toMs: 1_060_000 }

test('what is written is read again', () => {
  const range = { fromMs: 1_010_000, toMs: 1_020_500 }
  expect(writeZoom({ range, all })).toBe('10000-20500')
  expect(readZoom('10000-20500', all)).toEqual(range)
})

test('nonsense, all of it, or less than can be told apart shows the whole', () => {
  for (const text of [undefined, '', 'a-b', '5', '20-10', '-5-10', '0-5', '99999999-999999999'])
    expect(readZoom(text, all)).toBeNull()
  expect(writeZoom({ range: { fromMs: 0, toMs: 2_000_000 }, all })).toBeUndefined()
  expect(writeZoom({ range: { fromMs: 1_010_000, toMs: 1_010_001 }, all })).toBeUndefined()
})

test('nearer and further stay around the middle and within the task', () => {
  const near = writeZoom({ by: 0.5, scale: timeScale(all), all })
  expect(near).toBe('15000-45000')
  const far = writeZoom({ by: 4, scale: timeScale(readZoom(near, all) ?? all), all })
  expect(far).toBeUndefined()
})
