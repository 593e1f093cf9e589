import { describeCsv } from './describe-csv.ts'
import { describeJson } from './describe-json.ts'
import { describeText, type TextReading } from './describe-text.ts'
import { shortText } from './short-text.ts'
import type { ToolFact } from './tool-facts.ts'

type Window = Extract<ToolFact, { kind: 'window' }>

const readingOf = (windows: readonly Window[]): TextReading => {
  // Windows follow each other; one that does not starts over what was missed.
  const text = windows.reduce(
    (read, window) =>
      window.offset <= read.length ? read.slice(0, window.offset) + window.text : read,
    '',
  )
  const [first] = windows
  return { name: first?.name ?? '', characters: first?.characters ?? 0, text }
}

const describeFact = (fact: Exclude<ToolFact, Window>): string => {
  switch (fact.kind) {
    case 'csv':
      return describeCsv(fact)
    case 'json':
      return describeJson(fact)
    case 'text': {
      const { name, characters, start, words, lines } = fact
      return describeText({ name, characters, text: start, counted: { words, lines } })
    }
    case 'failed': {
      const about =
        fact.name === null ? 'The call' : `**${fact.name}** could not be worked on: the call`
      return `${about} of \`${fact.tool}\` failed, so nothing is said about it here. The tool answered: ${shortText(fact.problem, 600)}`
    }
    case 'other':
      return `\`${fact.tool}\` answered:\n\n\`\`\`\n${fact.text.slice(0, 4_000).replaceAll('```', "'''")}\n\`\`\``
    case 'recount':
      return ''
    default:
      return fact satisfies never
  }
}

/** A section for each input that something is known about, and for each that nothing could be learned of. */
export const describeInputs = (
  facts: readonly ToolFact[],
  inputs: readonly { name: string }[],
): readonly string[] => {
  const windows = Map.groupBy(
    facts.filter((fact) => fact.kind === 'window'),
    ({ name }) => name,
  )
  const others = facts.filter((fact) => fact.kind !== 'window')
  const seen = new Set([...windows.keys(), ...others.map(({ name }) => name)])
  const hasOther = others.some(({ kind }) => kind === 'other')
  return [
    ...others.map(describeFact).filter((section) => section !== ''),
    ...[...windows.values()].map((read) => describeText(readingOf(read))),
    ...inputs
      .filter(({ name }) => !seen.has(name) && !hasOther)
      .map(
        ({ name }) => `**${name}** was not read: this agent has no tool that can, or no turn left.`,
      ),
  ]
}
