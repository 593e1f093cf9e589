import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ReportFigures } from './figures-section.ts'
import { emptyReportLog, noteEvent } from './report-log.ts'
import { reportMarkdown } from './report-markdown.ts'
import { reportOf } from './report-of.ts'
import type { ReportText } from './report-text.ts'
import type { Report } from './report.ts'

// Histories with every kind of event that there is, as the task model keeps them.
const folder = new URL('../../../../libs/task-model/history/', import.meta.url)
const eventsOf = (name: string) =>
  (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { events: TaskEvent[] }).events

const text = (content: string): ReportText => ({
  kind: 'text',
  text: content,
  mediaType: 'text/markdown',
  bytes: content.length,
  bytesLeftOut: 0,
})
const noFigures: ReportFigures = { missing: 'No figures here.' }

const reportAt = (
  events: readonly TaskEvent[],
  parts: { goal?: ReportText; result?: ReportText; figures?: ReportFigures } = {},
): Report => {
  const log = emptyReportLog()
  for (const event of events) noteEvent(log, toCloudEvent(event))
  if (log.task.status === 'unborn') throw new Error('a history begins with its task')
  return reportOf(log.task, {
    log,
    goal: parts.goal ?? text('Which months were the wettest?'),
    result: log.task.result === null ? null : (parts.result ?? text('# April\n\nIt rained.')),
    figures: parts.figures ?? noFigures,
  })
}
const section = ({ sections }: Report, title: string) => sections.find((one) => one.title === title)
const rowsOf = (report: Report, title: string): (readonly string[])[] =>
  section(report, title)?.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])) ??
  []

describe.each(readdirSync(folder))('of the history %s', (name) => {
  const events = eventsOf(name)
  test('there is a report at every event, whatever goes on then', () => {
    for (const { seq } of events) {
      const report = reportAt(events.slice(0, seq))
      expect(report.source).toContain(`at event ${seq}`)
      expect(report.sections.map(({ title }) => title)).toEqual(
        expect.arrayContaining(['Summary', 'Result', 'Plan', 'Decisions by people', 'Events']),
      )
      expect(reportMarkdown(report)).not.toMatch(/undefined|\[object|NaN/)
    }
  })
})

test('whoever asked for the task, approved its plan and paused it stands among the decisions', () => {
  const words = [
    ...rowsOf(reportAt(eventsOf('drafted-approved-succeeded.json')), 'Decisions by people'),
    ...rowsOf(reportAt(eventsOf('paused-stepped-cancelled.json')), 'Decisions by people'),
  ].map(([, , what]) => what)
  expect(words).toEqual(
    expect.arrayContaining([
      'asked for the task',
      expect.stringMatching(/^approved \(plan version \d+\)$/),
      'paused the task',
    ]),
  )
})

test('that nobody decided in time is told', () => {
  const rows = rowsOf(reportAt(eventsOf('step-approval-expired.json')), 'Decisions by people')
  expect(rows).toContainEqual(expect.arrayContaining(['nobody']))
})

test('a result that money cut short says whose it is and what is missing in it', () => {
  const events = eventsOf('money-and-changes.json')
  const cut = events.find((event) => event.type === 'TaskSucceeded' && event.data.cutShort)
  const report = reportMarkdown(reportAt(events.slice(0, cut?.seq)))
  expect(report).toMatch(
    /The result is what “.+” delivered\. Cut off, as money had run out: “.+”\./,
  )
  expect(report).toContain('cut off for money')
})

test('a task that still runs says that there is no result yet', () => {
  const [first] = eventsOf('drafted-approved-succeeded.json')
  const report = reportMarkdown(reportAt(first ? [first] : []))
  expect(report).toContain('There is no result yet.')
})

test('a goal of 20,000 characters stands short in the summary and whole in the appendix', () => {
  const goal = 'a goal that says much '.repeat(1_000).slice(0, 20_000)
  const report = reportAt(eventsOf('drafted-approved-succeeded.json'), { goal: text(goal) })
  const [begin] = section(report, 'Summary')?.blocks ?? []
  expect(begin).toMatchObject({ kind: 'text', text: expect.stringMatching(/^.{0,1250}…$/) })
  expect(section(report, 'The goal')?.blocks).toEqual([{ kind: 'text', look: 'plain', text: goal }])
})

test('a result that was removed by retention is told with what is still known of it', () => {
  const gone: ReportText = { kind: 'gone', preview: 'April was', bytes: 4_096 }
  const markdown = reportMarkdown(
    reportAt(eventsOf('drafted-approved-succeeded.json'), { result: gone, goal: gone }),
  )
  expect(markdown).toContain('The result, 4,096 bytes, was removed by retention. It began:')
  expect(markdown).toContain('April was…')
  expect(markdown).toContain('The rest of the goal was removed by retention.')
})

test('what is too long for a report is said', () => {
  const result = { ...text('begins'), bytes: 3_000_000, bytesLeftOut: 1_500_000 } as ReportText
  const markdown = reportMarkdown(reportAt(eventsOf('drafted-approved-succeeded.json'), { result }))
  expect(markdown).toContain('1,500,000 of its 3,000,000 bytes are left out here.')
})

test('JSON is shown as it is, whatever fences stand in it', () => {
  const result = { ...text('{"a":"```"}'), mediaType: 'application/json' } as ReportText
  const markdown = reportMarkdown(reportAt(eventsOf('drafted-approved-succeeded.json'), { result }))
  expect(markdown).toContain('````json\n{"a":"```"}\n````')
})

test('without figures of the timeline the report says why', () => {
  const report = reportAt(eventsOf('drafted-approved-succeeded.json'))
  expect(reportMarkdown(report)).toContain('No figures here.')
})
