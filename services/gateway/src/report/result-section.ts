import type { BornTask } from '@maestro/task-model/task'
import { countWords } from './report-words.ts'
import type { Block, Section } from './report.ts'
import type { ReportText } from './report-text.ts'

/** The result; without one, what there is so far. */
export const resultSection = (task: BornTask, result: ReportText | null): Section => ({
  title: 'Result',
  level: 1,
  blocks: result === null ? missing(task) : [...cutShortNote(task), ...blocksOf(result)],
})

/** Whoever reads a result that was cut short has to know whose it is, and what is missing in it. */
const cutShortNote = ({ cutShort, order, steps }: BornTask): Block[] => {
  if (cutShort === undefined) return []
  const cutOff = order.flatMap((stepId) => {
    const step = steps[stepId]
    return step?.status === 'cut-off' ? [`“${step.title}”`] : []
  })
  const missed = cutOff.length === 0 ? '' : ` Cut off, as money had run out: ${cutOff.join(', ')}.`
  return [
    note(
      `${cutShort.reason} The result is what “${steps[cutShort.stepId]?.title ?? cutShort.stepId}” delivered.${missed}`,
    ),
  ]
}

const blocksOf = (result: ReportText): Block[] => {
  if (result.kind === 'gone') {
    return [
      note(`The result, ${countWords(result.bytes)} bytes, was removed by retention. It began:`),
      { kind: 'text', look: 'plain', text: `${result.preview}…` },
    ]
  }
  const blocks: Block[] = [{ kind: 'markdown', text: markdownOf(result) }]
  if (result.bytesLeftOut > 0) {
    blocks.push(
      note(
        `This result is too long for a report: ${countWords(result.bytesLeftOut)} of its ${countWords(result.bytes)} bytes are left out here.`,
      ),
    )
  }
  return blocks
}

/** JSON and CSV are shown as they are. No fence in them can end the one around them. */
const markdownOf = ({ text, mediaType }: ReportText & { kind: 'text' }): string => {
  const language = mediaType.includes('json') ? 'json' : mediaType.includes('csv') ? 'csv' : null
  if (language === null) return text
  let longest = 2
  for (const [ticks] of text.matchAll(/`+/g)) longest = Math.max(longest, ticks.length)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

const missing = (task: BornTask): Block[] => {
  const outputs = task.order.flatMap((stepId) => {
    const step = task.steps[stepId]
    return step?.output
      ? [[step.title, countWords(step.output.bytes), `${step.output.preview}…`]]
      : []
  })
  const words =
    task.stage === 'ended' ? 'The task ended without a result.' : 'There is no result yet.'
  if (outputs.length === 0) return [note(words)]
  return [
    note(`${words} What its steps have delivered begins like this:`),
    {
      kind: 'table',
      heads: ['Step', 'Bytes', 'Begins'],
      figures: [false, true, false],
      rows: outputs,
    },
  ]
}

const note = (text: string): Block => ({ kind: 'text', look: 'note', text })
