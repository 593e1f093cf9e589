import { writeBrief } from '@maestro/contracts/llm/brief'
import { stepTokensMax } from '@maestro/contracts/llm/call-bounds'
import type { TextPart } from '@maestro/contracts/llm/call-work'
import type { ToolSpec } from '@maestro/contracts/llm/chat'
import { turnsMaxOf } from '@maestro/task-model/limits/reached-cap'
import { agentOf } from '@maestro/task-model/steering/agent-of'
import type { BornTask, Step } from '@maestro/task-model/task'
import { briefInputs } from './brief-inputs.ts'
import type { CallRequest } from './call-request.ts'
import { guidanceBefore, guidanceOfFirstTurn } from './guidance-parts.ts'
import { memoryParts } from './memory-parts.ts'
import { attribute, block, joined } from './text-parts.ts'
import { turnsSoFar } from './turns-so-far.ts'

const frame = `You are an agent of a team that Maestro runs. You work on one step, in turns: think, call tools, observe, until you deliver what the step promises.
Use your tools for everything that they can find out; never invent a fact or a figure. When you have what you need, answer with the output itself and nothing around it: that text is what the next steps and the person read.
If something cannot be done, say plainly what and why in the output.\n`

/** Asks a step's agent for its next turn: who it is, what to do, what others found, what happened in its turns so far. */
export const stepRequest = (
  task: BornTask,
  step: Step,
  tools: readonly ToolSpec[],
): CallRequest => {
  const agent = agentOf(task, step)
  if (!agent) throw new Error(`step ${step.stepId} has no agent`)
  const turn = step.turns.length
  const system: TextPart[] = [
    { text: frame },
    ...block('role', agent.prompt),
    ...agent.suggestions.flatMap((suggestion) => block('suggestion', suggestion)),
  ]
  const inputs = task.inputs.filter(({ name }) => step.inputs.includes(name))
  const user: TextPart[] = [
    {
      text: writeBrief({
        purpose: 'step',
        title: step.title,
        inputs: briefInputs(inputs),
        needs: [...step.needs],
        promise: promiseInBrief(step),
        turn,
        turnsMax: turnsMaxOf(step, task),
      }),
    },
    ...block('goal', task.goal),
    ...block('instruction', step.instruction),
    ...step.needs.flatMap((need) => outputOf(task, need)),
    ...placeOf(step, task),
    ...memoryParts(task, step.turns[0]?.told?.memories),
    // Its agent goes on with what several have made of its output.
    ...(step.refinement ? block('version', step.refinement.output) : []),
    ...guidanceOfFirstTurn(task, step),
    { text: promiseText(step) },
  ]
  return {
    messages: [
      { role: 'system', content: joined(system) },
      { role: 'user', content: joined(user) },
      ...turnsSoFar(
        step.turns.filter(({ refine }) => refine === undefined),
        guidanceBefore(task, step),
      ),
    ],
    tools: tools.filter(({ name }) => agent.tools.includes(name)),
    outputSchema: outputSchemaOf(step),
    outputTokensMax: stepTokensMax,
  }
}

export const outputOf = (task: BornTask, stepId: Step['stepId']): TextPart[] => {
  const step = task.steps[stepId]
  if (!step) return []
  if (!step.output) {
    const about = `${attribute('step', stepId)}${attribute('title', step.title)}`
    return [{ text: `<no-output${about}${attribute('because', `it ${wordOf(step)}`)}/>\n` }]
  }
  return block(
    'output',
    step.output,
    `${attribute('step', stepId)}${attribute('title', step.title)}${
      step.isIncomplete === true ? attribute('incomplete', 'it broke off; this is what came') : ''
    }`,
  )
}

/** Of a step that another one became: what that one is for, which item it works on, and what the round before delivered. */
const placeOf = (step: Step, task: BornTask): TextPart[] => {
  const { partOf, repeat } = step
  if (partOf === undefined) return []
  const { number, item, previousId, parentId, isHeld } = partOf
  const parent = task.steps[parentId]
  const previous = previousId === undefined ? undefined : task.steps[previousId]
  return [
    ...(isHeld === true && parent !== undefined
      ? block('whole', parent.instruction, attribute('title', parent.title))
      : []),
    ...(item === undefined ? [] : block('item', item, countOf(step, task))),
    ...(previous?.output && repeat === undefined
      ? block(
          'previous-round',
          previous.output,
          attribute('round', roundBefore(step, number, task)),
        )
      : []),
  ]
}

/** Which item of how many it is, or what it is part of. */
const countOf = (step: Step, task: BornTask): string => {
  const { partOf } = step
  const parent = partOf === undefined ? undefined : task.steps[partOf.parentId]
  if (partOf === undefined || parent === undefined) return ''
  if (parent.forEach === undefined) return countOf(parent, task)
  const of = parent.expansion?.stepIds.length ?? partOf.number
  return `${attribute('number', `${partOf.number}`)}${attribute('of', `${of}`)}`
}

const roundBefore = ({ partOf }: Step, number: number, { steps }: BornTask): string =>
  partOf?.isHeld === true ? `${(steps[partOf.parentId]?.partOf?.number ?? 1) - 1}` : `${number - 1}`

/** A schema stands where the answer is asked for, and not here as well. */
const promiseInBrief = ({ promise: { description, format, from } }: Step) => ({
  description,
  format,
  from,
})

/** Whatever turn delivers is asked for by the schema; where there are tools beside it, in words. */
const outputSchemaOf = ({ promise: { from, schema } }: Step): CallRequest['outputSchema'] =>
  from === 'answer' && schema !== undefined ? { name: 'output', schema } : null

const wordOf = ({ status }: Step) => (status === 'failed' ? 'failed' : 'was skipped')

export const promiseText = ({ promise }: Step): string => {
  const form = { markdown: 'Markdown', text: 'plain text', json: 'one JSON value and nothing else' }
  const from =
    promise.from === 'tool' ? ' It is taken from the answer of your last tool call as it is.' : ''
  return `The step promises: ${promise.description}\nDeliver it as ${form[promise.format]}.${from}\n`
}
