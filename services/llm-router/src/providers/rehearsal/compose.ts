import { formatCount } from './format-number.ts'
import type { Prompt, PromptOutput } from './read-prompt.ts'
import { asSection, firstSentence, rehearsalBanner } from './rehearsal-markdown.ts'
import { shortText } from './short-text.ts'

/** Of all merged outputs together: an answer that people read, and that the next step gets as a prompt. */
const charactersMax = 120_000

const titleOf = (goal: string, otherwise: string): string =>
  shortText(goal.split('\n', 1)[0] ?? '', 100) || otherwise

const bounded = (section: string, charactersOfOne: number): string => {
  if (section.length <= charactersOfOne) return section
  const cut = section.slice(0, charactersOfOne)
  const line = cut.lastIndexOf('\n')
  return `${cut.slice(0, line > 0 ? line : charactersOfOne)}\n\n[shortened: ${formatCount(section.length, 'character')} in all]`
}

/** One document from the outputs of earlier steps: what each says first, then each of them whole. */
export const composeFromOutputs = (
  { goal, guidance, outputs }: Prompt,
  { title, findings }: { title: string; findings: readonly string[] },
): string => {
  const named = (output: PromptOutput): string => output.title || output.step || 'Output'
  const glance = outputs
    .map((output) => ({ name: named(output), said: firstSentence(output.text) }))
    .filter(({ said }) => said !== '')
    .map(({ name, said }) => `- ${name}: ${said}`)
  const charactersOfOne = Math.floor(charactersMax / Math.max(1, outputs.length))
  const sections = outputs.map(
    (output) => `## ${named(output)}\n\n${bounded(asSection(output.text), charactersOfOne)}`,
  )
  return [
    `# ${titleOf(goal, title)}`,
    rehearsalBanner,
    ...(goal === '' ? [] : [`**Goal.** ${shortText(goal, 1_000)}`]),
    ...(guidance === '' ? [] : [`**Guidance.** ${shortText(guidance, 400)}`]),
    ...(findings.length === 0 ? [] : [findings.join('\n\n')]),
    ...(glance.length === 0 ? [] : ['## At a glance', glance.join('\n')]),
    ...sections,
  ].join('\n\n')
}

const partsOf = (goal: string): readonly string[] =>
  goal
    .split(/(?<=[.!?;])\s+|\n+|,\s+(?=and |then |und |dann )/)
    .map((part) => shortText(part.replace(/^[-*\d.)\s]+/, ''), 300))
    .filter((part) => part.length > 3)
    .slice(0, 12)

/** Where there is neither input nor earlier output, the goal's own words are all there is. */
export const composeFromGoal = ({ goal, instruction, guidance }: Prompt, title: string): string => {
  const source = goal || instruction || title
  return [
    `# ${title}`,
    rehearsalBanner,
    `**Goal.** ${shortText(source, 1_000)}`,
    ...(instruction === '' || goal === '' ? [] : [`**This step.** ${shortText(instruction, 400)}`]),
    ...(guidance === '' ? [] : [`**Guidance.** ${shortText(guidance, 400)}`]),
    '## What the goal asks for, part by part',
    partsOf(source)
      .map((part, at) => `${at + 1}. ${part}`)
      .join('\n'),
    'There is no input to take facts from, so this document stays with the words of the goal.',
  ].join('\n\n')
}
