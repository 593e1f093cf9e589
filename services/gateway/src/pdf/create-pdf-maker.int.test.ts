import { createLogger } from '@maestro/service-kit/logger'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import type { Report } from '../report/report.ts'
import { createPdfMaker } from './create-pdf-maker.ts'

const log = createLogger({ service: 'gateway', copy: 'test', level: 'silent' })
/** On a machine that does much else. */
const slowMs = 240_000
const nobodyLeaves = new AbortController().signal
const made = createPdfMaker({ log, limitMs: slowMs })
const makePdf = (report: Report) => made(async () => report, nobodyLeaves)

const reportOf = (markdown: string): Report => ({
  title: 'Which supplier?',
  subtitle: 'As it stood at event 7',
  source: 'task_1 at event 7',
  status: 'Succeeded',
  sections: [
    { title: 'Result', level: 1, blocks: [{ kind: 'markdown', text: markdown }] },
    {
      title: 'Plan',
      level: 1,
      blocks: [
        {
          kind: 'plan',
          steps: [{ id: 'a', title: 'Read offers', agent: 'Reader', status: 'done', needs: [] }],
        },
        { kind: 'bars', title: 'Cost by model', rows: [{ name: 'm', share: 1, words: '$1.00' }] },
        { kind: 'shares', title: 'Time', parts: [{ name: 'Models', share: 1, words: '3 s' }] },
        {
          kind: 'spans',
          title: 'Steps in time',
          start: 'then',
          end: 'now',
          rows: [{ name: 'Read offers', from: 0, to: 0.5, words: '1 s', isCritical: true }],
        },
        { kind: 'facts', rows: [['Cost', '$1.00']] },
      ],
    },
  ],
})

const read = async (pdf: Buffer) => {
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)))
  return { totalPages, pages: text, all: text.join('\n').replaceAll('\u200B', '') }
}

test('text of a model is on the page as it is written, and nothing of it is run', async () => {
  const { all } = await read(
    await makePdf(
      reportOf(
        [
          '# Offers',
          '#eval("1+1") #read("/etc/passwd") $x$ @ref *bold* \\',
          '| Supplier | Price |\n| --- | --: |\n| Alpha | $12.40 |',
          '```js\nconst price = 12.4\n```',
          '<script>alert(1)</script>',
        ].join('\n\n'),
      ),
    ),
  )
  for (const words of [
    'Which supplier?',
    '#eval("1+1") #read("/etc/passwd") $x$ @ref bold',
    'Alpha',
    '$12.40',
    'const price = 12.4',
    '<script>alert(1)</script>',
    'Read offers',
    'Cost by model',
    'Page 1 of',
    'task_1 at event 7',
  ]) {
    expect(all).toContain(words)
  }
})

test('Arabic is joined and runs from right to left, Hebrew and Chinese are there', async () => {
  const pdf = await makePdf(reportOf('هذا تقرير Maestro\n\nזהו דוח\n\n这是一份报告。'))
  const { all } = await read(pdf)
  expect(all).toContain('这是一份报告。')
  const page = await (await getDocumentProxy(new Uint8Array(pdf))).getPage(1)
  const { items } = await page.getTextContent()
  const at = (text: string) =>
    items.flatMap((item) => ('str' in item && item.str.includes(text) ? [item] : []))[0]
  // To the left of the Arabic before it, which stands at the right margin.
  const [arabic, latin] = [at('تقرير'), at('Maestro')]
  expect(arabic?.dir).toBe('rtl')
  expect(latin?.transform[4]).toBeLessThan(arabic?.transform[4])
  expect(at('זהו')?.dir).toBe('rtl')
})

test(
  'two hundred pages are made, with the head of their table and a number on each',
  { timeout: slowMs },
  async () => {
    const rows = Array.from({ length: 9_000 }, (_, row) => [`Row ${row}`, `value ${row}`])
    const { totalPages, pages } = await read(
      await makePdf({
        ...reportOf(''),
        sections: [
          {
            title: 'Rows',
            level: 1,
            blocks: [
              { kind: 'table', heads: ['Name of it', 'Value'], figures: [false, true], rows },
            ],
          },
        ],
      }),
    )
    expect(totalPages).toBeGreaterThan(180)
    expect(pages[100]).toContain('Name of it')
    expect(pages[100]).toContain(`Page 101 of ${totalPages}`)
    expect(pages.at(-1)).toContain('Row 8999')
  },
)

test('one that takes too long is ended, and says so', async () => {
  const hurried = createPdfMaker({ log, limitMs: 1 })
  await expect(hurried(async () => reportOf('x'), nobodyLeaves)).rejects.toMatchObject({
    code: 'TIMEOUT',
  })
})

test('more than a few at once wait, and more than can wait are refused', async () => {
  const hurried = createPdfMaker({ log, limitMs: 1 })
  const codes = await Promise.all(
    Array.from({ length: 12 }, () =>
      hurried(async () => reportOf('x'), nobodyLeaves).catch(
        (error: { code: string }) => error.code,
      ),
    ),
  )
  expect(codes.filter((code) => code === 'UNAVAILABLE')).toHaveLength(2)
  expect(codes.filter((code) => code === 'TIMEOUT')).toHaveLength(10)
})

test('who goes away ends the making, and a link longer than a page ends none', async () => {
  const leaving = new AbortController()
  const left = made(async () => {
    leaving.abort()
    return reportOf('x')
  }, leaving.signal)
  await expect(left).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const link = `[the offer](https://example.org/${'é'.repeat(2_000)})`
  expect((await read(await makePdf(reportOf(link)))).all).toContain('the offer')
})
