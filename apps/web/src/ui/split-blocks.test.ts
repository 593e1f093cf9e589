import { expect, test } from 'vitest'
import { splitBlocks } from './split-blocks.ts'

test('no text is lost between the blocks', () => {
  const text = '# One\n\nText.\n\n## Two\n\n- a\n- b\n\n### Three\n'
  expect(splitBlocks(text).join('\n')).toBe(text)
  expect(splitBlocks(text)).toHaveLength(3)
})

test('a heading inside a code fence is code', () => {
  const text = 'Before\n\n```sh\n\n# not a heading\n```\n\n# A heading'
  expect(splitBlocks(text)).toHaveLength(2)
})

test('while text grows, only its last block changes', () => {
  const whole = '# One\n\nText.\n\n# Two\n\nMore text.'
  const earlier = splitBlocks(whole.slice(0, 25))
  expect(splitBlocks(whole)[0]).toBe(earlier[0])
})

test('text with reference links stays whole, because they reach over blocks', () => {
  expect(splitBlocks('# A\n\n[x]\n\n# B\n\n[x]: http://a.b')).toHaveLength(1)
})
