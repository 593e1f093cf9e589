import type { BornTask, Step } from '@maestro/task-model/task'
import type { ReportLog } from './report-log.ts'
import {
  countWords,
  dateWords,
  durationWords,
  moneyWords,
  stepStatusWords,
} from './report-words.ts'
import type { Section, Table } from './report.ts'
import type { ReportText } from './report-text.ts'
import { goalCharactersMax } from './summary-section.ts'

/** More than a report is for; the CSV of steps has all. */
const stepsMax = 2_000

type Column<Row> = readonly [head: string, of: (row: Row) => string, look?: 'figure']

const tableOf = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Table => ({
  kind: 'table',
  heads: columns.map(([head]) => head),
  figures: columns.map(([, , look]) => look === 'figure'),
  rows: rows.map((row) => columns.map(([, of]) => of(row))),
})

/** What somebody looks up who wants to know more than the report tells. */
export const appendixSections = (task: BornTask, log: ReportLog, goal: ReportText): Section[] => {
  const sections: Section[] = [{ title: 'Appendix', level: 1, blocks: [] }]
  const add = (title: string, ...blocks: Section['blocks']) => {
    sections.push({ title, level: 2, blocks })
  }
  if (goal.kind === 'text' && goal.text.length > goalCharactersMax) {
    add('The goal', { kind: 'text', look: 'plain', text: goal.text })
  }
  if (task.inputs.length > 0) add('Inputs', inputs(task))
  if (Object.keys(task.agents).length > 0) add('Agents', agents(task))
  const all = task.order.flatMap((stepId) => task.steps[stepId] ?? [])
  if (all.length > 0) {
    const text = `The first ${countWords(stepsMax)} of ${countWords(all.length)}.`
    const isCut = all.length > stepsMax
    add(
      'Steps',
      ...(isCut ? [{ kind: 'text', look: 'note', text } as const] : []),
      steps(all.slice(0, stepsMax), task),
    )
  }
  if (log.models.size > 0) add('Models', models(log))
  add('Events', { kind: 'text', look: 'note', text: eventWords(task) }, events(log))
  return sections
}

const inputs = (task: BornTask) =>
  tableOf(task.inputs, [
    ['Name', ({ name }) => name],
    ['Kind', ({ content }) => content.mediaType],
    ['Bytes', ({ content }) => countWords(content.bytes), 'figure'],
  ])

const agents = (task: BornTask) => {
  const counts = Map.groupBy(Object.values(task.steps), ({ agentId }) => agentId)
  return tableOf(Object.values(task.agents), [
    ['Agent', ({ name }) => name],
    ['What it is for', ({ description }) => description.preview],
    ['Tools', ({ tools }) => tools.join(', ')],
    ['Steps', ({ agentId }) => countWords(counts.get(agentId)?.length ?? 0), 'figure'],
  ])
}

const steps = (rows: readonly Step[], task: BornTask) =>
  tableOf(rows, [
    ['Step', ({ title }) => title],
    ['Agent', ({ agentId }) => task.agents[agentId]?.name ?? ''],
    ['Status', ({ status, failure, skipReason }) => statusWords(status, failure ?? skipReason)],
    ['Tries', ({ attempt }) => countWords(attempt), 'figure'],
    ['Began', ({ startedAt }) => (startedAt === null ? '' : dateWords(startedAt))],
    ['Took', tookWords, 'figure'],
    ['Cost', ({ costNanoUsd }) => moneyWords(costNanoUsd), 'figure'],
  ])

const statusWords = (status: Step['status'], why: string | null | undefined) =>
  why ? `${stepStatusWords[status]}: ${why}` : stepStatusWords[status]

const tookWords = ({ startedAt, finishedAt }: Step) =>
  startedAt === null || finishedAt === null
    ? ''
    : durationWords(Date.parse(finishedAt) - Date.parse(startedAt))

const models = (log: ReportLog) =>
  tableOf(
    [...log.models.values()],
    [
      ['Model', ({ model }) => model],
      ['Provider', ({ provider }) => provider],
      ['Calls', ({ calls }) => countWords(calls), 'figure'],
      ['Failed', ({ failed }) => countWords(failed), 'figure'],
      ['Tokens in', ({ inputTokens }) => countWords(inputTokens), 'figure'],
      ['Tokens out', ({ outputTokens }) => countWords(outputTokens), 'figure'],
      ['Cost', ({ costNanoUsd }) => moneyWords(costNanoUsd), 'figure'],
    ],
  )

const events = (log: ReportLog) =>
  tableOf(
    [...log.events].toSorted(([, a], [, b]) => b - a),
    [
      ['Kind of event', ([kind]) => kind],
      ['Number', ([, count]) => countWords(count), 'figure'],
    ],
  )

const eventWords = ({ seq, taskId, createdAt, updatedAt }: BornTask) =>
  `This report tells events 1 to ${countWords(seq)} of ${taskId}, from ${dateWords(createdAt)} to ${dateWords(updatedAt)}.`
