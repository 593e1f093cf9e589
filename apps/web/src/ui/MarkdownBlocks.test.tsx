import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { MarkdownBlocks } from './MarkdownBlocks.tsx'

const htmlOf = (text: string) => renderToStaticMarkup(<MarkdownBlocks text={text} busy={false} />)

test('what a model writes cannot run, and nothing is fetched for it', () => {
  const html = htmlOf(
    [
      '<script>alert(1)</script>',
      '<img src="https://a.example/x.png" onerror="alert(1)">',
      '![seen](https://a.example/pixel.png)',
      '[click](javascript:alert(1))',
      '<iframe src="https://a.example"></iframe>',
    ].join('\n\n'),
  )
  // What was written as HTML may stand there as words; none of it may be an element.
  expect(html).not.toMatch(/<(script|img|iframe)/)
  expect(html).not.toMatch(/(src|href)="[^"]*(a\.example|javascript:)/)
  expect(html).toContain('image not shown: seen')
})

test('headings of a text stand below the heading of the page', () => {
  const html = htmlOf('# One\n\n## Two')
  expect(html).not.toContain('<h1')
  expect(html).toMatch(/<h2[^>]*>One<\/h2>[^]*<h3[^>]*>Two<\/h3>/)
})

test('tables and code are shown as such', () => {
  const html = htmlOf('| a | b |\n|---|--:|\n| 1 | 2 |\n\n```js\nlet a = 1\n```')
  expect(html).toContain('<table>')
  expect(html).toContain('<code')
})
