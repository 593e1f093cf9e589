import type { Answer } from '@maestro/contracts/llm/chat'
import { ToolCallId } from '@maestro/contracts/ids'
import { ObserverAnswer, PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import type { Observer } from '@maestro/contracts/task/task-events'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import { checkPlan, type PlanWorld } from '@maestro/task-model/check-plan'
import type { BornTask } from '@maestro/task-model/task'
import type { AnsweredCall, CallPlace, TaskCommand } from '@maestro/task-model/task-command'
import { planFromDraft } from '../plan/plan-from-draft.ts'
import { readJsonAnswer } from './read-json-answer.ts'

export type AnswerCommand = {
  command: TaskCommand
  payloads: readonly Payload[]
}

type Reading = {
  task: BornTask
  place: CallPlace
  answer: Answer
  answered: AnsweredCall
  /** Where the answer's own text was put. */
  payloads: readonly Payload[]
  world: PlanWorld
  base: Pick<TaskCommand, 'at' | 'actor'>
}

/** What an answer means for the task: a plan, a verdict, tool calls, an output; or that it cannot be used. */
export const commandFromAnswer = (reading: Reading): AnswerCommand => {
  const { answer, place } = reading
  if (answer.finish === 'length') {
    return refuse(reading, 'It was cut off at the output limit. Answer again, shorter.')
  }
  return place.purpose === 'step'
    ? stepCommand(reading)
    : place.purpose === 'plan'
      ? planCommand(reading)
      : judgeCommand(reading)
}

const refuse = ({ base, place, answered, payloads }: Reading, problem: string): AnswerCommand => ({
  command: { ...base, type: 'RefuseAnswer', place, answered, problem },
  payloads,
})

const planCommand = (reading: Reading): AnswerCommand => {
  const { base, place, answered, task, world, answer } = reading
  const read = readJsonAnswer(PlannerAnswer, answer.text)
  if (!read.ok) return refuse(reading, read.problem)
  const problems = checkPlan(read.value.plan, world)
  if (problems.length > 0)
    return refuse(reading, `The plan breaks rules: ${problems.slice(0, 12).join('; ')}.`)
  const { plan, payloads } = planFromDraft(task.taskId, read.value.plan, read.value.rationale)
  return {
    command: { ...base, type: 'ProposePlan', place, answered, plan, replies: read.value.replies },
    payloads: [...reading.payloads, ...payloads],
  }
}

const judgeCommand = (reading: Reading): AnswerCommand => {
  const { base, place, answered, task, answer, payloads } = reading
  const read = readJsonAnswer(ObserverAnswer, answer.text)
  if (!read.ok) return refuse(reading, read.problem)
  const observer = place.role as Observer
  const hash = task.versions.at(-1)?.hash ?? ''
  return {
    command: { ...base, type: 'JudgePlan', place, answered, observer, hash, judgement: read.value },
    payloads,
  }
}

const stepCommand = (reading: Reading): AnswerCommand => {
  const { base, place, answered, task, answer } = reading
  const step = place.stepId === null ? undefined : task.steps[place.stepId]
  const argumentPayloads = answer.toolCalls.map(({ argumentsText }) =>
    payloadOf('orchestrator', argumentsText, 'application/json'),
  )
  if (answer.toolCalls.length === 0) {
    const problem = outputProblem(answer.text, step?.promise)
    if (problem !== null) return refuse(reading, problem)
  }
  const toolCalls = answer.toolCalls.flatMap(({ id, name }, index) => {
    const payload = argumentPayloads[index]
    return payload ? [{ toolCallId: ToolCallId.parse(id), tool: name, arguments: payload.ref }] : []
  })
  return {
    command: { ...base, type: 'FinishTurn', place, answered, toolCalls },
    payloads: [...reading.payloads, ...argumentPayloads],
  }
}

const outputProblem = (
  text: string,
  promise: { format: string; from: string } | undefined,
): string | null => {
  if (promise?.from === 'tool') {
    return 'The output of this step is the answer of a tool: call the tool that makes it.'
  }
  if (text.trim() === '') return 'It is empty. Deliver the output that the step promises.'
  if (promise?.format !== 'json') return null
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return `The step promises JSON, and this is none (${error instanceof Error ? error.message : String(error)}).`
  }
}
