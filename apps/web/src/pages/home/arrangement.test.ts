import { expect, test } from 'vitest'
import {
  homePanels,
  isUsual,
  movedPanel,
  readArrangement,
  shownPanels,
  usualArrangement,
  withPanel,
} from './arrangement.ts'

const names = (arrangement: typeof usualArrangement) => arrangement.map(({ panel }) => panel)

test('what is kept comes back as it was', () => {
  const mine = movedPanel(
    withPanel(withPanel(usualArrangement, 'spend', { width: 'two' }), 'models', { isShown: false }),
    'agents',
    -1,
  )
  expect(readArrangement(JSON.stringify(mine))).toEqual(mine)
  expect(isUsual(mine)).toBe(false)
})

test.each([
  null,
  '',
  '{',
  'null',
  '7',
  '{"panel":"agents"}',
  '[null,1,"agents",{"panel":"elsewhere"},{"panel":"__proto__"}]',
])('garbage in the storage is the usual arrangement: %s', (text) => {
  expect(readArrangement(text)).toEqual(usualArrangement)
})

test('of what is kept only what cannot be is left out; what it does not name stands at the end', () => {
  const text = '[{"panel":"models","width":9,"isShown":"no"},{"panel":"models","isShown":false}]'
  const [first, ...rest] = readArrangement(text)
  expect(first).toEqual({ panel: 'models', width: 'two', isShown: true })
  expect(names(rest)).toEqual(homePanels.filter((panel) => panel !== 'models'))
})

test('a panel moves past the next one that is shown, and no further than the ends', () => {
  const hidden = withPanel(usualArrangement, 'needs-you', { isShown: false })
  const moved = movedPanel(hidden, 'figures', 1)
  expect(names(shownPanels(moved)).slice(0, 2)).toEqual(['going', 'figures'])
  expect(names(shownPanels(movedPanel(moved, 'figures', -1))).slice(0, 2)).toEqual([
    'figures',
    'going',
  ])
  expect(movedPanel(hidden, 'figures', -1)).toBe(hidden)
  expect(movedPanel(hidden, 'models', 1)).toBe(hidden)
  expect(movedPanel(hidden, 'needs-you', 1)).toBe(hidden)
})
