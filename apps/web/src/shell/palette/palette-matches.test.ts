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

test('the list is bounded', () => {
  const many = Array.from({ length: 500 }, (_, n) => item('Task', `task ${n}`))
  expect(paletteMatches(many, 'task')).toHaveLength(itemsShownMax)
})
