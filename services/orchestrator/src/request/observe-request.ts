import { writeBrief } from '@maestro/contracts/llm/brief'
import { observeTokensMax } from '@maestro/contracts/llm/call-bounds'
import type { ToolSpec } from '@maestro/contracts/llm/chat'
import type { TextPart, WorkMessage } from '@maestro/contracts/llm/call-work'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { turnsMaxOf } from '@maestro/task-model/limits/reached-cap'
import { agentOf } from '@maestro/task-model/steering/agent-of'
import type { BornTask, Step, Turn } from '@maestro/task-model/task'
import type { Role } from '../roles/role-of.ts'
import type { CallRequest } from './call-request.ts'
import { memoryParts } from './memory-parts.ts'
import { repairText } from './repair-text.ts'
import { outputOf, promiseText } from './step-request.ts'
import { attribute, block, joined } from './text-parts.ts'

/** Of what tools answered: more is told by its first words, so that a judgement costs less than what it judges. */
const evidenceBytesMax = 64 * 1024
/** A message holds 256 parts; each use of a tool takes five. */
const usesMax = 30
const turnsMax = 20

/** Asks the judge about the newest result of a step: what its agent has found so far, or what it would deliver. */
export const observeRequest = (
  task: BornTask,
  step: Step,
  tools: readonly Pick<ToolSpec, 'name'>[],
  role: Role,
): CallRequest => {
  const { judging } = step
  const agent = agentOf(task, step)
  if (judging === undefined || !agent) throw new Error(`nothing of step ${step.stepId} is judged`)
  const { about, turn, output } = judging
  const user: TextPart[] = [
    {
      text: writeBrief({
        purpose: 'observe',
        title: step.title,
        about,
        promise: step.promise,
        tools: agent.tools,
        toolsKnown: tools.map(({ name }) => name),
        turn,
        turnsMax: turnsMaxOf(step, task),
      }),
    },
    ...block('goal', task.goal),
    ...block('description', agent.description),
    ...block('role', agent.prompt),
    ...agent.suggestions.flatMap((suggestion) => block('suggestion', suggestion)),
    ...block('instruction', step.instruction),
    { text: promiseText(step) },
    // As many as there were when the turn began: the same are told again after a crash.
    ...memoryParts(task, step.turns.at(-1)?.told?.memories),
    ...step.needs.flatMap((need) => outputOf(task, need)).slice(0, neededPartsMax),
    ...evidenceOf(step.turns),
    ...(output === null ? [] : block('delivery', output)),
  ]
  return {
    messages: [
      { role: 'system', content: [{ text: role.prompt }] },
      { role: 'user', content: joined(user) },
      ...repairOf(step),
    ],
    tools: [],
    outputSchema: { name: 'judge_answer', schema: role.schema },
    outputTokensMax: observeTokensMax,
  }
}

/** Twenty outputs. */
const neededPartsMax = 60

/** What was said and found in the newest turns, the newest first to be told whole. */
const evidenceOf = (turns: readonly Turn[]): TextPart[] => {
  let bytesLeft = evidenceBytesMax
  let usesLeft = usesMax
  const told = (tag: string, content: PayloadRef, attributes: string): TextPart[] => {
    bytesLeft -= content.bytes
    if (bytesLeft >= 0) return block(tag, content, attributes)
    return [{ text: `<${tag}${attributes} shortened="yes">\n${content.preview} …\n</${tag}>\n` }]
  }
  const turnParts = ({ turn, text, toolUses, refine }: Turn): TextPart[] => {
    const shown = toolUses.slice(0, usesLeft)
    usesLeft -= shown.length
    const number = attribute('turn', String(turn))
    const said = text === null || refine !== undefined ? [] : told('said', text, number)
    const found = shown.flatMap(({ tool, arguments: args, result }) => {
      const about = `${number}${attribute('name', tool)}`
      return [
        ...told('arguments', args, about),
        ...(result === null ? [] : told('tool', result, about)),
      ]
    })
    return [...said, ...found]
  }
  const parts = turns.slice(-turnsMax).toReversed().map(turnParts)
  return parts.toReversed().flat()
}

/** A repair shows the judge its own answer and what was wrong with it. */
const repairOf = ({ judging, calls }: Step): WorkMessage[] => {
  if (!judging || judging.repair === null) return []
  const refused = calls.findLast(
    ({ purpose, problem }) => purpose === 'observe' && problem !== null,
  )
  if (!refused?.answer) return []
  return [
    { role: 'assistant', answer: refused.answer },
    { role: 'user', content: [{ text: repairText(judging.repair) }] },
  ]
}
