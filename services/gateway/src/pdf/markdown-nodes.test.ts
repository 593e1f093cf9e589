import { expect, test } from 'vitest'
import { markdownNodes } from './markdown-nodes.ts'

const line = (...c: unknown[]) => ({ c, rtl: false })

test('a picture is named and not fetched', () => {
  expect(markdownNodes('![logo](https://evil.example/track.png)')).toEqual([
    { t: 'par', line: line('[picture: logo]') },
  ])
})

test('HTML is text, and its comments are nothing', () => {
  expect(markdownNodes('<script>alert(1)</script>\n\n<!-- hidden -->\n\na<br>b <b>c</b>')).toEqual([
    { t: 'par', line: line('<script>alert(1)</script>') },
    { t: 'par', line: line('a', { t: 'break' }, 'b ', '<b>', 'c', '</b>') },
  ])
})

test('only addresses that a reader can check become links, with where they lead', () => {
  expect(markdownNodes('[bank](https://evil.example/x) [run](javascript:alert(1))')).toEqual([
    {
      t: 'par',
      line: line(
        { t: 'link', url: 'https://evil.example/x', c: ['bank'] },
        ' (evil.example)',
        ' ',
        'run',
      ),
    },
  ])
})

test('a paragraph runs as its first letter does', () => {
  const runs = markdownNodes('هذا Maestro\n\nMaestro هذا\n\n- זהו\n\n1. 这是').map((node) =>
    'line' in node ? node.line.rtl : 'rtl' in node && node.rtl,
  )
  expect(runs).toEqual([true, false, true, false])
})

test('a table wider than a page goes on below with its first column', () => {
  const heads = Array.from({ length: 12 }, (_, column) => `h${column}`)
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  const tables = markdownNodes([row(heads), row(heads.map(() => '---')), row(heads)].join('\n'))
  const columns = tables.map((table) =>
    table.t === 'table' ? table.heads.map(({ c }) => c[0]) : [],
  )
  expect(columns).toEqual([heads.slice(0, 8), ['h0', ...heads.slice(8)]])
})

test('long code lines go on in the next line, with a sign', () => {
  const [node] = markdownNodes(`\`\`\`js\n${'x'.repeat(100)}\n\`\`\``)
  expect(node).toEqual({ t: 'code', lang: 'js', text: `${'x'.repeat(96)}\n↪ ${'x'.repeat(4)}` })
})

test('a language that is no name of one is not handed on', () => {
  expect(markdownNodes('```#eval("x")\na\n```')).toEqual([{ t: 'code', lang: null, text: 'a' }])
})

test('quotes in quotes without end are text below the eighth', () => {
  expect(JSON.stringify(markdownNodes(`${'> '.repeat(200)}deep`)).match(/quote/g)).toHaveLength(9)
})

test('a result of more lines than anybody reads is cut, and says so', () => {
  const [code, note, ...others] = markdownNodes(`\`\`\`\n${'x\n'.repeat(30_000)}`)
  expect(code?.t === 'code' && code.text.split('\n').length).toBe(19_999)
  expect(note).toMatchObject({ t: 'note', text: expect.stringContaining('left out') })
  expect(others).toEqual([])
})

test('a result that would fill more pages than a report has is cut, and says so', () => {
  const nodes = markdownNodes(`\`\`\`\n${`${'x'.repeat(90)}\n`.repeat(15_000)}`)
  expect(JSON.stringify(nodes).length).toBeLessThan(1_500_000)
  expect(nodes.at(-1)).toMatchObject({ t: 'note' })
})

test('a word without end can be broken everywhere', () => {
  const text = JSON.stringify(markdownNodes('a'.repeat(300_000)))
  expect(text).not.toMatch(/a{31}/)
  expect(text.match(/a/g)?.length).toBeGreaterThan(300_000)
})

test('what would turn text around on the page is left out', () => {
  expect(markdownNodes('pay \u202Eevil\u202C now')).toEqual([
    { t: 'par', line: line('pay evil\u202C now') },
  ])
})
