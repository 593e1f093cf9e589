import type { ReportLog } from './report-log.ts'
import { countWords, dateWords } from './report-words.ts'
import type { Block, Section } from './report.ts'

/** Who decided what, when and why. */
export const decisionsSection = ({
  decisions,
  decisionsLeftOut,
}: Pick<ReportLog, 'decisions' | 'decisionsLeftOut'>): Section => {
  const blocks: Block[] = [
    {
      kind: 'table',
      heads: ['When', 'Who', 'What', 'Why', 'Event'],
      figures: [false, false, false, false, true],
      rows: decisions.map(({ seq, at, who, what, why }) => [
        dateWords(at),
        who,
        what,
        why,
        countWords(seq),
      ]),
    },
  ]
  if (decisionsLeftOut > 0) {
    const text = `${countWords(decisionsLeftOut)} more stand in the history of the task.`
    blocks.push({ kind: 'text', look: 'note', text })
  }
  return { title: 'Decisions by people', level: 1, blocks }
}
