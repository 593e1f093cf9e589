import { expect, test } from 'vitest'
import { levelOf, toServiceFilter, withLevel } from './service-filter.ts'

test('a step by its number is asked for by its id, a named text as the text, and the rest as it is', () => {
  const steps = ['step_read', 'step_write']
  expect(toServiceFilter('level:warn step:2 text:"used up" -step:1 quota', steps)).toBe(
    'level:warn step:step_write "used up" -step:step_read quota',
  )
  expect(toServiceFilter('step:9 step:write', steps)).toBe('step:9 step:write')
})

test('a level is put in the place of the one before, and everything is no filter at all', () => {
  expect(withLevel('step:2 level:warn quota', 'error')).toBe('level:error step:2 quota')
  expect(withLevel('level:warn', 'info')).toBe('')
  expect(levelOf('quota level:ERROR')).toBe('error')
  expect(levelOf('sublevel:warn')).toBe('info')
})
