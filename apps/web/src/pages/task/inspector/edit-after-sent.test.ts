import { expect, test } from 'vitest'
import { editAfterSent } from './edit-after-sent.ts'

const text = { prompt: 'Add up', description: 'Adds', tools: [], suggestions: [] }
const sent = { ...text, prompt: 'Add up by month', suggestions: [' '] }

test('what stands as it was sent is done with', () => {
  expect(editAfterSent(null, { version: 2, mine: sent })).toBeNull()
  const kept = { version: 2, base: text, mine: { ...sent } }
  expect(editAfterSent(kept, { version: 2, mine: sent })).toBeNull()
})

test('what was typed while it was saved is kept, as a change of what was saved', () => {
  const mine = { ...sent, description: 'Adds months' }
  const kept = { version: 2, base: text, mine }
  expect(editAfterSent(kept, { version: 2, mine: sent })).toEqual({
    version: 3,
    base: { ...sent, suggestions: [] },
    mine,
  })
})

test('what was put on a newer version meanwhile stays as it is', () => {
  const kept = { version: 3, base: sent, mine: { ...sent, description: 'Adds months' } }
  expect(editAfterSent(kept, { version: 2, mine: sent })).toBe(kept)
})
