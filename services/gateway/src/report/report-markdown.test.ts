import { expect, test } from 'vitest'
import { embeddedMarkdown } from './embedded-markdown.ts'
import { inMarkdown } from './in-markdown.ts'
import { reportMarkdown } from './report-markdown.ts'

test('headings of a result stand below those of the report, but not in its code', () => {
  expect(embeddedMarkdown('# One\n\n```sh\n# a comment\n```\n\n##### Five\n#no heading')).toBe(
    '### One\n\n```sh\n# a comment\n```\n\n###### Five\n#no heading',
  )
})

test('a fence that a result leaves open ends with it', () => {
  expect(embeddedMarkdown('````\n```\n# code')).toBe('````\n```\n# code\n````')
})

test('a line of code within words begins no fence, and code in a list ends with it', () => {
  expect(embeddedMarkdown('```js``` is code\n# One')).toBe('```js``` is code\n### One')
  expect(embeddedMarkdown('- ```\n  # code\n  ```\n# One')).toBe('- ```\n  # code\n  ```\n### One')
  expect(embeddedMarkdown('- ```\n  # code\n# One')).toBe('- ```\n  # code\n### One')
  expect(embeddedMarkdown(`${'> '.repeat(100_000)}x`)).toHaveLength(200_001)
  expect(embeddedMarkdown('> ```\n> # code')).toBe('> ```\n> # code')
})

test('HTML that a result leaves open swallows nothing behind it', () => {
  expect(embeddedMarkdown('<!-- a\n  <pre>\n```\n<b>\n```')).toBe(
    '\\<!-- a\n  \\<pre>\n```\n<b>\n```',
  )
  expect(embeddedMarkdown('<https://example.org/a>')).toBe('<https://example.org/a>')
})

test('headings that are underlined step down as well; rules stay rules', () => {
  expect(embeddedMarkdown('One\n===\n\nTwo\n---\ntext\n\n---\n- item\n---')).toBe(
    '### One\n\n#### Two\ntext\n\n---\n- item\n---',
  )
  expect(embeddedMarkdown('of two\nlines\n---')).toBe('of two\nlines\n\\---')
})

test.each([
  ['*a* _b_ `c` [d](e) <f>', '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\>'],
  ['# no heading', '\\# no heading'],
  ['1. no list', '1\\. no list'],
  ['- no list', '\\- no list'],
  ['two\nlines', 'two lines'],
])('%j means just itself', (text, markdown) => expect(inMarkdown(text)).toBe(markdown))

test('a cell cannot break its table', () => {
  const report = reportMarkdown({
    title: 'T',
    subtitle: 'now',
    source: 'task_1',
    status: 'Running',
    sections: [
      {
        title: 'S',
        level: 2,
        blocks: [{ kind: 'table', heads: ['a|b'], figures: [false], rows: [['c\n| d']] }],
      },
    ],
  })
  expect(report).toContain('| a\\|b |\n| --- |\n| c \\| d |')
})
