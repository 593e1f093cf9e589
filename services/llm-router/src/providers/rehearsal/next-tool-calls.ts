import type { Brief } from '@maestro/contracts/llm/brief'
import type { ToolCall } from '@maestro/contracts/llm/chat'
import { inputKindOf } from './input-kind.ts'
import { isCheck } from './is-check.ts'
import { csvProgram } from './programs/csv-program.ts'
import { jsonProgram } from './programs/json-program.ts'
import { recountProgram } from './programs/recount-program.ts'
import { textProgram } from './programs/text-program.ts'
import { wordsProgram } from './programs/words-program.ts'
import type { Prompt } from './read-prompt.ts'
import { factOf, inputOfCall } from './tool-facts.ts'

type StepBrief = Extract<Brief, { purpose: 'step' }>
type StepInput = StepBrief['inputs'][number]
type Wanted = { name: string; args: Record<string, unknown> }

/** Of one text, each 64 Ki characters: enough for telling sentences, and not a whole library in one prompt. */
const windowsMax = 4

const javascript = (code: string): Wanted => ({ name: 'run_javascript', args: { code } })

const describeProgram = (input: StepInput): string => {
  const kind = inputKindOf(input)
  if (kind === 'csv') return csvProgram(input.name)
  return kind === 'json' ? jsonProgram(input.name) : textProgram(input.name)
}

/** Several programs as one, because the promise is the answer of the last call. */
const oneProgram = (programs: readonly string[]): string =>
  programs.length === 1
    ? (programs[0] ?? '')
    : `return [\n${programs.map((program) => `(() => {\n${program}\n})(),`).join('\n')}\n]`

const firstCallOf = (input: StepInput, prompt: Prompt, brief: StepBrief): Wanted | null => {
  const canRun = prompt.toolNames.includes('run_javascript')
  const canRead = prompt.toolNames.includes('read_input')
  const kind = inputKindOf(input)
  const checks = brief.needs.length > 0 && brief.promise.from === 'answer' && isCheck(brief.title)
  if (canRun && checks) {
    return javascript(recountProgram(input.name, kind))
  }
  if (canRead && (kind === 'text' || !canRun))
    return { name: 'read_input', args: { name: input.name } }
  return canRun ? javascript(describeProgram(input)) : null
}

/** The windows of texts that go on. */
const nextWindows = (prompt: Prompt): readonly Wanted[] => {
  const windows = Map.groupBy(
    prompt.exchanges.map(factOf).filter((fact) => fact.kind === 'window'),
    ({ name }) => name,
  )
  return [...windows].flatMap(([name, read]) => {
    const offset = read.at(-1)?.nextOffset ?? null
    if (offset === null || read.length >= windowsMax) return []
    return [{ name: 'read_input', args: { name, offset } }]
  })
}

const callsForTool = (prompt: Prompt, brief: StepBrief): readonly Wanted[] => {
  if (prompt.exchanges.length > 0) return []
  if (!prompt.toolNames.includes('run_javascript')) {
    return brief.inputs.flatMap((input) => firstCallOf(input, prompt, brief) ?? [])
  }
  if (brief.inputs.length > 0) return [javascript(oneProgram(brief.inputs.map(describeProgram)))]
  const words = [prompt.goal, prompt.instruction, ...prompt.outputs.map(({ text }) => text)].join(
    '\n',
  )
  return [javascript(wordsProgram(brief.title, words.slice(0, 20_000)))]
}

const callsForAnswer = (prompt: Prompt, brief: StepBrief): readonly Wanted[] => {
  const asked = new Set(prompt.exchanges.map(({ call }) => inputOfCall(call)))
  const first = brief.inputs
    .filter(({ name }) => !asked.has(name))
    .flatMap((input) => firstCallOf(input, prompt, brief) ?? [])
  return [...first, ...nextWindows(prompt)]
}

/** What to ask the tools in this turn; empty when it is time to answer. */
export const nextToolCalls = (prompt: Prompt, brief: StepBrief): readonly ToolCall[] => {
  const turn = prompt.turnsDone + 1
  const isLast = Math.max(turn, brief.turn) >= brief.turnsMax
  const isForTool = brief.promise.from === 'tool'
  // The last turn is for the answer, unless the tool's answer is what was promised.
  if (isLast && !isForTool) return []
  const wanted = isForTool ? callsForTool(prompt, brief) : callsForAnswer(prompt, brief)
  return wanted.slice(0, 64).map(({ name, args }, at) => ({
    id: `rehearsal_${turn}_${at + 1}`,
    name,
    argumentsText: JSON.stringify(args),
  }))
}
