import type { BornTask } from '@maestro/task-model/task'
import {
  countWords,
  dateWords,
  durationWords,
  moneyWords,
  numberOf,
  stepStatusWords,
  taskStatusWords,
} from './report-words.ts'
import type { Block, Section } from './report.ts'
import type { ReportText } from './report-text.ts'

/** What stands on the first page; a longer goal stands whole in the appendix. */
export const goalCharactersMax = 1_200

/** The goal, and how it went: what somebody reads who reads no further. */
export const summarySection = (task: BornTask, goal: ReportText): Section => ({
  title: 'Summary',
  level: 1,
  blocks: [...goalBlocks(goal), { kind: 'facts', rows: factsOf(task) }],
})

const goalBlocks = (goal: ReportText): Block[] => {
  if (goal.kind === 'gone') {
    return [
      { kind: 'text', look: 'plain', text: `${goal.preview}…` },
      { kind: 'text', look: 'note', text: 'The rest of the goal was removed by retention.' },
    ]
  }
  if (goal.text.length <= goalCharactersMax) {
    return [{ kind: 'text', look: 'plain', text: goal.text }]
  }
  const begin = goal.text.slice(0, goalCharactersMax).replace(/\s+\S*$/, '')
  return [
    { kind: 'text', look: 'plain', text: `${begin} …` },
    { kind: 'text', look: 'note', text: 'The whole goal stands in the appendix.' },
  ]
}

const factsOf = (task: BornTask): [string, string][] => {
  const end = task.endedAt ?? task.updatedAt
  const facts: [string, string | null][] = [
    ['Status', statusWords(task)],
    ['Asked for by', `${task.createdBy}, ${dateWords(task.createdAt)}`],
    ['Imported', task.imported === undefined ? null : importWords(task.imported)],
    ['Began', task.startedAt === null ? null : dateWords(task.startedAt)],
    ['Ended', task.endedAt === null ? null : dateWords(task.endedAt)],
    ['Took', durationWords(Date.parse(end) - Date.parse(task.createdAt))],
    ['Waited for people', task.waitedMs === 0 ? null : durationWords(task.waitedMs)],
    ['Steps', task.order.length === 0 ? null : stepWords(task)],
    ['Cost', costWords(task)],
    ['Model calls', callWords(task)],
    ['Questions to people', questionWords(task)],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null)
}

/** Where it ran, for whoever is handed the report of a Maestro that did not run it. */
const importWords = ({ at, from }: NonNullable<BornTask['imported']>): string =>
  `${dateWords(at)}; it ran in ${from ?? 'another Maestro'}`

const statusWords = (task: BornTask): string => {
  const words = taskStatusWords[task.status]
  const why = task.cutShort?.reason ?? task.failure ?? task.pause?.note ?? ''
  if (task.cutShort) return `${words}, ended early by a person${why === '' ? '' : `: ${why}`}`
  return why === '' ? words : `${words}: ${why}`
}

const stepWords = (task: BornTask): string => {
  const steps = task.order.flatMap((stepId) => task.steps[stepId] ?? [])
  const groups = [...Map.groupBy(steps, ({ status }) => status)]
  const done = groups.find(([status]) => status === 'done')?.[1].length ?? 0
  const rest = groups
    .filter(([status]) => status !== 'done')
    .map(([status, { length }]) => `${countWords(length)} ${stepStatusWords[status]}`)
  return [`${countWords(done)} of ${countWords(steps.length)} done`, ...rest].join(', ')
}

const costWords = ({ totals, options, rehearsal }: BornTask): string => {
  const limit = options.limits.costNanoUsd
  const bounded = limit === null ? '' : ` of at most ${moneyWords(limit)}`
  const rehearsed = rehearsal ? ' (a rehearsal: no model was asked)' : ''
  return `${moneyWords(totals.costNanoUsd)}${bounded}${rehearsed}`
}

const callWords = ({ totals }: BornTask): string => {
  const failed = totals.callsFailed === 0 ? '' : `, ${countWords(totals.callsFailed)} failed`
  const tools = totals.toolCalls === 0 ? '' : `; ${numberOf(totals.toolCalls, 'tool use')}`
  return `${countWords(totals.calls)}${failed}, ${countWords(totals.inputTokens)} tokens in and ${countWords(totals.outputTokens)} out${tools}`
}

const questionWords = ({ approvals }: BornTask): string | null => {
  const all = Object.values(approvals)
  if (all.length === 0) return null
  const open = all.filter(({ status }) => status === 'open').length
  return open === 0 ? countWords(all.length) : `${countWords(all.length)}, ${countWords(open)} open`
}
