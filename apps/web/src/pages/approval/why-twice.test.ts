import { expect, test } from 'vitest'
import { whyTwice } from './why-twice.ts'

const tools = [
  { name: 'read_input', repeat: 'idempotent' },
  { name: 'send_mail', repeat: 'unsafe' },
] as const
const forGood = 'What send_mail does cannot be taken back.'

test('what cannot be taken back, or may have run already, is approved twice', () => {
  expect(whyTwice({ tool: 'send_mail', why: 'unsafe' }, undefined)).toBe(forGood)
  expect(whyTwice({ tool: 'send_mail', why: 'in-doubt' }, tools)).toBe(forGood)
  expect(whyTwice({ tool: 'send_mail', why: 'gate' }, tools)).toBe(forGood)
})

test('what can be done again is approved once', () =>
  expect(whyTwice({ tool: 'read_input', why: 'gate' }, tools)).toBeNull())

test('of a tool that nobody knows, or before the list of tools is there, twice', () => {
  const unknown = 'Whether what read_input does can be taken back is not known.'
  expect(whyTwice({ tool: 'read_input', why: 'gate' }, undefined)).toBe(unknown)
  expect(whyTwice({ tool: 'read_input', why: 'gate' }, [])).toBe(unknown)
})
