import { optionsWith } from '@maestro/task-model/testing/task-fixtures'
import { expect, test } from 'vitest'
import { reuseOf } from './reuse-of.ts'

test('a task that did not ask for it is answered anew, always', () => {
  expect(reuseOf({ options: optionsWith() }, { attempt: 1 })).toEqual({})
})

test('the first attempt takes what is there; a further one takes no answer that its step may have failed with', () => {
  const options = optionsWith({ cache: { maxAgeMs: 60_000 } })
  expect(reuseOf({ options }, { attempt: 1 })).toEqual({ cache: { maxAgeMs: 60_000 } })
  expect(reuseOf({ options }, { attempt: 2 })).toEqual({ cache: { maxAgeMs: 0 } })
})
