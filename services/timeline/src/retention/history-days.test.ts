import { expect, test } from 'vitest'
import { HistoryDays } from './history-days.ts'

test('what is left out keeps its default', () => {
  expect(HistoryDays.parse(undefined).task).toBe(365)
  expect(HistoryDays.parse(' task=7, queue=1')).toMatchObject({ task: 7, queue: 1, budget: 365 })
})

test.each(['task', 'task=', 'task=0', 'task=1.5', 'task=-1', 'moon=3', 'task=99999', 'task=x'])(
  'refuses "%s" and says which words there are',
  (text) => {
    expect(() => HistoryDays.parse(text)).toThrow(/write <kind>=<days>/)
  },
)
