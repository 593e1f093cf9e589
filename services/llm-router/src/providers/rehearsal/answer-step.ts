import type { Brief } from '@maestro/contracts/llm/brief'
import { checkFigures } from './check-figures.ts'
import { composeFromGoal, composeFromOutputs } from './compose.ts'
import { describeInputs } from './describe-inputs.ts'
import { nextToolCalls } from './next-tool-calls.ts'
import { rehearsalBanner, toPlainText } from './rehearsal-markdown.ts'
import type { Prompt } from './read-prompt.ts'
import type { RehearsalAnswer } from './rehearsal-answer.ts'
import { shortText } from './short-text.ts'
import { factOf, type ToolFact } from './tool-facts.ts'

type StepBrief = Extract<Brief, { purpose: 'step' }>

const composeMarkdown = (prompt: Prompt, brief: StepBrief, facts: readonly ToolFact[]): string => {
  const recounts = facts.filter((fact) => fact.kind === 'recount')
  const findings = [
    ...(recounts.length === 0 ? [] : [checkFigures(recounts, prompt.outputs, brief.inputs.length)]),
    ...describeInputs(facts, brief.inputs),
  ]
  const { title } = brief
  // A check says what it found; the outputs that it looked at stay where they are.
  if (recounts.length > 0 || (brief.inputs.length > 0 && prompt.outputs.length === 0)) {
    // Last, because the first words are what a card of the graph has room for.
    return [...findings, rehearsalBanner].join('\n\n')
  }
  return prompt.outputs.length > 0
    ? composeFromOutputs(prompt, { title, findings })
    : [composeFromGoal(prompt, title), ...findings].join('\n\n')
}

const composeJson = (prompt: Prompt, brief: StepBrief, facts: readonly ToolFact[]): string =>
  JSON.stringify({
    rehearsal: true,
    step: brief.title,
    goal: shortText(prompt.goal, 500),
    // Texts that were read are long, and known to whoever wants them.
    facts: facts.map((fact) => {
      if (fact.kind === 'window') return { ...fact, text: shortText(fact.text, 500) }
      return fact.kind === 'text' ? { ...fact, start: shortText(fact.start, 500) } : fact
    }),
    outputs: prompt.outputs.map(({ step, title, text }) => ({
      step,
      title,
      text: shortText(text, 2_000),
    })),
  })

/** One turn of a step: the tool calls that are still missing, or the promised output from what they answered. */
export const answerStep = (prompt: Prompt, brief: StepBrief): RehearsalAnswer => {
  const toolCalls = nextToolCalls(prompt, brief)
  if (toolCalls.length > 0) {
    const names = brief.inputs.slice(0, 5).map(({ name }) => name)
    const rest = brief.inputs.length > names.length ? ' and others' : ''
    const about = names.length === 0 ? brief.title : `${names.join(', ')}${rest}`
    const text =
      brief.promise.from === 'tool' ? '' : `Looking at ${about} with ${toolCalls[0]?.name}.`
    return { text, toolCalls }
  }
  const facts = prompt.exchanges.map(factOf)
  switch (brief.promise.format) {
    case 'json':
      return { text: composeJson(prompt, brief, facts), toolCalls: [] }
    case 'text':
      return { text: toPlainText(composeMarkdown(prompt, brief, facts)), toolCalls: [] }
    default:
      return { text: composeMarkdown(prompt, brief, facts), toolCalls: [] }
  }
}
