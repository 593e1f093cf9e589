import { writeBrief } from '@maestro/contracts/llm/brief'
import { stepTokensMax } from '@maestro/contracts/llm/call-bounds'
import type { TextPart, WorkMessage } from '@maestro/contracts/llm/call-work'
import { RefinementAnswer } from '@maestro/contracts/task/step-mode'
import { agentOf } from '@maestro/task-model/steering/agent-of'
import type { BornTask, Step } from '@maestro/task-model/task'
import { z } from 'zod'
import type { CallRequest } from './call-request.ts'
import { memoryParts } from './memory-parts.ts'
import { repairText } from './repair-text.ts'
import { outputOf, promiseText } from './step-request.ts'
import { attribute, block, joined } from './text-parts.ts'

const frame = `You are an agent of a team that Maestro runs. A step has an output, and you judge its newest version against what the step promises: is it right, whole, clear, and made only of what was found?
Say "good" when you would hand it on as it is. Else "revise", say in "notes" what is wrong, and give in "output" the whole output as it should be: it replaces the version. Never invent a fact or a figure.
Answer with one JSON object of the schema and nothing else.\n`

const schema = z.toJSONSchema(RefinementAnswer, { io: 'input' })

/** Asks whoever's turn it is to judge the newest version of a step's output, with what was said of the versions so far. */
export const refineRequest = (task: BornTask, step: Step): CallRequest => {
  const turn = step.turns.at(-1)
  const { refinement, mode } = step
  if (!turn?.refine || !refinement || !mode || mode.kind === 'single')
    throw new Error(`step ${step.stepId} refines nothing`)
  const agent = agentOf(task, step, turn.refine.agentId)
  if (!agent) throw new Error(`there is no agent ${turn.refine.agentId}`)
  const system: TextPart[] = [
    { text: frame },
    ...block('role', agent.prompt),
    ...agent.suggestions.flatMap((suggestion) => block('suggestion', suggestion)),
  ]
  const user: TextPart[] = [
    {
      text: writeBrief({
        purpose: 'refine',
        title: step.title,
        promise: { description: step.promise.description, format: step.promise.format },
        version: refinement.version,
        round: turn.refine.round,
        roundsMax: mode.roundsMax,
      }),
    },
    ...block('goal', task.goal),
    ...block('instruction', step.instruction),
    ...step.needs.flatMap((need) => outputOf(task, need)),
    ...memoryParts(task, turn.told?.memories),
    { text: promiseText(step) },
    ...schemaText(step),
    ...block('version', refinement.output, attribute('number', String(refinement.version))),
    ...refinement.notes.map(({ agentId, version, verdict, text }) => ({
      text: `<judgement${attribute('by', nameOf(task, agentId))}${attribute('version', String(version))}${attribute('verdict', verdict)}>\n${text}\n</judgement>\n`,
    })),
  ]
  return {
    messages: [
      { role: 'system', content: joined(system) },
      { role: 'user', content: joined(user) },
      ...repairOf(step),
    ],
    tools: [],
    outputSchema: { name: 'refinement_answer', schema },
    outputTokensMax: stepTokensMax,
  }
}

/** What is written anew has to keep the promise as well. */
const schemaText = ({ promise: { schema } }: Step): TextPart[] =>
  schema === undefined
    ? []
    : [{ text: `The output has to fit this JSON Schema:\n${JSON.stringify(schema)}\n` }]

const nameOf = ({ agents }: BornTask, agentId: Step['agentId']) => agents[agentId]?.name ?? agentId

/** A repair turn shows the model its own answer and what was wrong with it. */
const repairOf = ({ turns }: Step): WorkMessage[] => {
  const turn = turns.at(-1)
  const before = turns.findLast(({ answer, refine }) => answer !== null && refine !== undefined)
  if (!turn || turn.repair === null || !before?.answer) return []
  return [
    { role: 'assistant', answer: before.answer },
    { role: 'user', content: [{ text: repairText(turn.repair) }] },
  ]
}
