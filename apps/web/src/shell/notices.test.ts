import { expect, test } from 'vitest'
import { createNotices, noticesShownMax, shownNotices } from './notices.ts'

const textsOf = ({ store }: ReturnType<typeof createNotices>) =>
  shownNotices(store.getState().kept).map(({ text }) => text)

test('three notices are shown at most, and a failure stays among them', () => {
  const notices = createNotices(() => 0)
  notices.tell('it failed', 'failed')
  for (const text of ['one', 'two', 'three']) notices.tell(text)
  expect(textsOf(notices)).toHaveLength(noticesShownMax)
  expect(textsOf(notices)).toEqual(['it failed', 'three', 'two'])
})

test('what is put away can no longer be taken back from there', () => {
  const notices = createNotices(() => 0)
  const id = notices.tell('removed', 'done', () => {})
  expect(notices.store.getState().kept[0]?.undo).not.toBeNull()
  notices.putAway(id)
  expect(notices.store.getState().kept[0]?.undo).toBeNull()
})

test('only what was done last can be taken back', () => {
  const notices = createNotices(() => 0)
  notices.tell('renamed', 'done', () => {})
  notices.tell('copied')
  notices.tell('removed', 'done', () => {})
  expect(textsOf(notices)).toEqual(['removed', 'copied'])
})

test('what is put away is kept, and the list is bounded', () => {
  const notices = createNotices(() => 0)
  for (let count = 0; count < 200; count++) notices.tell(`notice ${count}`)
  const { kept } = notices.store.getState()
  for (const { id } of kept) notices.putAway(id)
  expect(textsOf(notices)).toEqual([])
  expect(notices.store.getState().kept).toHaveLength(50)
})
