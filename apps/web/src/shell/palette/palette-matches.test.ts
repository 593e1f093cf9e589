import { expect, test } from 'vitest'
import { itemsShownMax, paletteMatches } from './palette-matches.ts'

const item = (kind: string, label: string) => ({ id: label, kind, label, run: () => {} })
const items = [
  item('Task', 'Compare the costs of tariffs'),
  item('Page', 'Costs'),
  item('Page', 'Queues'),
  item('View', 'Output'),
]
const labels = (typed: string) => paletteMatches(items, typed).map(({ label }) => label)

test('every word has to be found, in any order, in the name or the kind', () => {
  expect(labels('')).toHaveLength(4)
  expect(labels('tariffs compare')).toEqual(['Compare the costs of tariffs'])
  expect(labels('page')).toEqual(['Costs', 'Queues'])
  expect(labels('nothing')).toEqual([])
})

test('what begins with the word stands before what only has it', () => {
  expect(labels('COST')).toEqual(['Costs', 'Compare the costs of tariffs'])
})

test('what cannot be done now is found, after what can', () => {
  const held = { ...item('Do', 'Costs again'), unavailable: 'The task has ended' }
  const found = paletteMatches([held, ...items], 'cost')
  expect(found.map(({ label }) => label).at(-1)).toBe('Costs again')
})

test('the list is bounded', () => {
  const many = Array.from({ length: 500 }, (_, n) => item('Task', `task ${n}`))
  expect(paletteMatches(many, 'task')).toHaveLength(itemsShownMax)
})

test('what searches for the words is offered whatever they are, below everything, and is never cut off', () => {
  const search = { ...item('Search', 'Search the logs'), isSearch: true }
  expect(paletteMatches([search, ...items], 'nothing').map(({ label }) => label)).toEqual([
    'Search the logs',
  ])
  const many = Array.from({ length: 500 }, (_, n) => item('Task', `task ${n}`))
  const found = paletteMatches([search, ...many], 'task')
  expect(found).toHaveLength(itemsShownMax)
  expect(found.at(-1)).toBe(search)
})
