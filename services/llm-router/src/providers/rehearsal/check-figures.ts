import { formatNumber } from './format-number.ts'
import type { PromptOutput } from './read-prompt.ts'
import { table } from './rehearsal-markdown.ts'
import type { RecountFacts } from './tool-facts.ts'

const unitOf: Record<RecountFacts['of'], string> = {
  csv: 'lines with the header',
  json: 'items or keys at the top',
  text: 'characters',
}

/** Numbers as they stand in a text, whatever separates their thousands. */
const figuresOf = (text: string): ReadonlySet<number> =>
  new Set(
    (text.match(/\d+(?:[,.'’\u00A0\u202F ]\d{3})*(?![\d])/g) ?? []).map((figure) =>
      Number(figure.replace(/\D/g, '')),
    ),
  )

/** Of a table the header is a line, but no row. */
const figuresWanted = ({ of, count }: RecountFacts): readonly number[] =>
  of === 'csv' ? [Math.max(count - 1, 0), count] : [count]

/** Compares what was counted again with what the outputs before say. */
export const checkFigures = (
  recounts: readonly RecountFacts[],
  outputs: readonly PromptOutput[],
  /** All inputs, also those that could not be counted. */
  inputCount: number,
): string => {
  const rows = recounts.map((recount) => {
    const about = outputs.filter(({ text }) => text.includes(recount.name))
    const [figure] = figuresWanted(recount).filter((wanted) =>
      about.some(({ text }) => figuresOf(text).has(wanted)),
    )
    const said = about.length === 0 ? 'no output speaks of it' : 'no output gives this figure'
    return {
      agrees: figure !== undefined,
      cells: [
        recount.name,
        `${formatNumber(recount.count)} ${unitOf[recount.of]}`,
        figure === undefined ? said : formatNumber(figure),
        figure === undefined ? 'to be looked at' : 'agrees',
      ],
    }
  })
  const agreeing = rows.filter(({ agrees }) => agrees).length
  const verdict =
    agreeing === inputCount
      ? 'Every input was counted again in another way, and the figures agree.'
      : `${agreeing} of ${inputCount} inputs agree with what was reported; the others need a look.`
  const head = ['Input', 'Counted again', 'Reported', 'Check']
  return `${verdict}\n\n${table(
    head,
    rows.map(({ cells }) => cells),
  )}`
}
