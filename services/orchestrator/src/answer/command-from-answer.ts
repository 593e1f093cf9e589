import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import type { Answer } from '@maestro/contracts/llm/chat'
import type { Incomplete } from '@maestro/contracts/llm/incomplete'
import { ToolCallId } from '@maestro/contracts/ids'
import type { AgentChanges } from '@maestro/contracts/task/agent-changes'
import { ObserverAnswer, PlannerAnswer, type StepPromise } from '@maestro/contracts/task/plan-draft'
import { JudgeAnswer } from '@maestro/contracts/task/result-judgement'
import { RefinementAnswer } from '@maestro/contracts/task/step-mode'
import type { AskedRequest } from '@maestro/contracts/task/asked-request'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { Observer } from '@maestro/contracts/task/draft-role'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import { agentOf } from '@maestro/task-model/steering/agent-of'
import { cutAtLimit } from '@maestro/task-model/calls/cut-at-limit'
import { limitsOf } from '@maestro/task-model/limits/limits-of'
import { checkPlan } from '@maestro/task-model/plan/check-plan'
import type { PlanWorld } from '@maestro/task-model/plan/steps-problems'
import type { BornTask } from '@maestro/task-model/task'
import type { AnsweredCall, CallPlace, TaskCommand } from '@maestro/task-model/task-command'
import { type Roles, rolesNow } from '../roles/roles-now.ts'
import { planFromDraft } from '../plan/plan-from-draft.ts'
import type { ToolRegistry } from '../tools/tool-registry.ts'
import { agentInWords, unknownTools } from './agent-in-words.ts'
import { misfitOf } from './misfit-of.ts'
import { jsonIn, type ReadAnswer, readJsonAnswer } from './read-json-answer.ts'

export type AnswerCommand = {
  command: TaskCommand
  payloads: readonly Payload[]
}

/** A part of an answer: what of it could be the output is kept as such. */
export const commandFromPart = (reading: Reading, incomplete: Incomplete): AnswerCommand => {
  const { answer, place, task, base } = reading
  const step = place.stepId === null ? undefined : task.steps[place.stepId]
  const output = outputIn(answer.text, step?.promise)
  const isUsable =
    step !== undefined &&
    place.purpose === 'step' &&
    !isRefinement(reading) &&
    answer.toolCalls.length === 0 &&
    output.ok
  const { answered, payloads } = put(reading, isUsable ? output.value : answer.text)
  const said = { ...incomplete, isUsable }
  return {
    command: { ...base, type: 'TakeIncomplete', place, answered, incomplete: said },
    payloads,
  }
}

export type Reading = {
  /** As it was when the model was asked. */
  task: BornTask
  place: CallPlace
  answer: Answer
  answerRef: PayloadRef
  facts: CallFacts
  /** What it answers. */
  asked?: AskedRequest
  world: PlanWorld
  registry: Pick<ToolRegistry, 'get' | 'problemOf'>
  /** Left out: as they are told now. */
  roles?: Roles
  base: Pick<TaskCommand, 'at' | 'actor'>
}

/** It goes into an event, and back to the model. */
const problemCharactersMax = 2_000

/** What an answer means for the task: a plan, a verdict, tool calls, an output; or that it cannot be used. */
export const commandFromAnswer = (reading: Reading): AnswerCommand => {
  const { answer, place } = reading
  // The journal has answers from before they were called incomplete.
  if (answer.finish === 'length') {
    return commandFromPart(reading, {
      reason: 'output-limit',
      failureClass: null,
      message: cutAtLimit,
    })
  }
  switch (place.purpose) {
    case 'step':
      return stepCommand(reading)
    case 'observe':
      return observeCommand(reading)
    case 'plan':
      return planCommand(reading)
    default:
      return judgeCommand(reading)
  }
}

/** The answer with its text put away: what was said, or what of it is the output. */
const put = (
  { answer, answerRef, facts, place, asked, roles = rolesNow }: Reading,
  text = answer.text,
): { answered: AnsweredCall; payloads: readonly Payload[] } => {
  const payloads = text === '' ? [] : [payloadOf('orchestrator', text, 'text/markdown')]
  const ref = payloads[0]?.ref ?? null
  // The text has a glance at the same words: events carry it once.
  const said = {
    answer: ref === null ? answerRef : { ...answerRef, preview: '' },
    text: ref,
    facts,
    ...(asked !== undefined && { asked }),
  }
  if (place.purpose === 'step') return { answered: said, payloads }
  const role = roles[place.purpose === 'observe' ? 'execution-observer' : place.role]
  return { answered: { ...said, role: role.used }, payloads: [...payloads, ...role.payloads] }
}

const refuse = (reading: Reading, problem: string): AnswerCommand => {
  const { answered, payloads } = put(reading)
  const { base, place } = reading
  const said = problem.slice(0, problemCharactersMax)
  return { command: { ...base, type: 'RefuseAnswer', place, answered, problem: said }, payloads }
}

const planCommand = (reading: Reading): AnswerCommand => {
  const { base, place, task, world, answer } = reading
  const read = readJsonAnswer(PlannerAnswer, answer.text)
  if (!read.ok) return refuse(reading, read.problem)
  const { stepsMax } = task.options.drafting
  const bounds = { ...world, ...limitsOf(task), ...(stepsMax !== undefined && { stepsMax }) }
  const problems = checkPlan(read.value.plan, bounds)
  if (problems.length > 0)
    return refuse(reading, `The plan breaks rules: ${problems.slice(0, 12).join('; ')}.`)
  const { answered, payloads } = put(reading)
  const proposed = planFromDraft(task.taskId, read.value.plan, read.value.rationale)
  const { oneAgent } = read.value
  const plan = { ...proposed.plan, ...(oneAgent !== undefined && { oneAgent }) }
  return {
    command: { ...base, type: 'ProposePlan', place, answered, plan, replies: read.value.replies },
    payloads: [...payloads, ...proposed.payloads],
  }
}

const judgeCommand = (reading: Reading): AnswerCommand => {
  const { base, place, task, answer } = reading
  const read = readJsonAnswer(ObserverAnswer, answer.text)
  if (!read.ok) return refuse(reading, read.problem)
  const { answered, payloads } = put(reading)
  const observer = place.role as Observer
  const hash = task.versions.at(-1)?.hash ?? ''
  return {
    command: { ...base, type: 'JudgePlan', place, answered, observer, hash, judgement: read.value },
    payloads,
  }
}

const observeCommand = (reading: Reading): AnswerCommand => {
  const { base, place, answer, world } = reading
  const read = readJsonAnswer(JudgeAnswer, answer.text)
  if (!read.ok) return refuse(reading, read.problem)
  const { agent, ...said } = read.value
  const problem = unknownTools(agent?.tools, world.toolNames)
  if (problem !== null) return refuse(reading, problem.reason)
  const { answered, payloads } = put(reading)
  const { changed, payloads: words } = agentInWords(wantedOf(said.verdict, agent ?? {}))
  const judgement = { ...said, ...(Object.keys(changed).length > 0 && { agent: changed }) }
  return {
    command: { ...base, type: 'JudgeResult', place, answered, judgement },
    payloads: [...payloads, ...words],
  }
}

/** What it leaves out, or says beside another verdict, it does not want. */
const wantedOf = (
  verdict: JudgeAnswer['verdict'],
  { prompt, description, tools, suggestions }: NonNullable<JudgeAnswer['agent']> = {},
): AgentChanges =>
  verdict !== 'change-agent'
    ? {}
    : {
        ...(prompt !== null && prompt !== undefined && { prompt }),
        ...(description !== null && description !== undefined && { description }),
        ...(tools !== null && tools !== undefined && { tools }),
        ...(suggestions !== null && suggestions !== undefined && { suggestions }),
      }

const stepCommand = (reading: Reading): AnswerCommand => {
  const { base, place, task, answer, registry } = reading
  const step = place.stepId === null ? undefined : task.steps[place.stepId]
  if (isRefinement(reading)) return refinementCommand(reading, step?.promise)
  if (answer.toolCalls.length === 0) {
    const output = outputIn(answer.text, step?.promise)
    if (!output.ok) return refuse(reading, output.problem)
    const { answered, payloads } = put(reading, output.value)
    return { command: { ...base, type: 'FinishTurn', place, answered, toolCalls: [] }, payloads }
  }
  const { answered, payloads } = put(reading)
  const kept = [...payloads]
  const keep = (text: string) => {
    const payload = payloadOf('orchestrator', text, 'application/json')
    kept.push(payload)
    return payload.ref
  }
  const own = (step && agentOf(task, step)?.tools) ?? []
  const toolCalls = answer.toolCalls.map(({ id, name: tool, argumentsText }) => {
    const repeat = registry.get(tool)?.repeat
    // Of a tool that is not the agent's it is told just that.
    const problem = own.includes(tool) ? registry.problemOf({ tool, argumentsText }) : null
    const reason = problem?.slice(0, problemCharactersMax) ?? null
    return {
      toolCallId: ToolCallId.parse(id),
      tool,
      arguments: keep(argumentsText),
      ...(repeat !== undefined && { repeat }),
      ...(reason !== null && {
        misfit: { reason, result: keep(JSON.stringify({ error: reason })) },
      }),
    }
  })
  return { command: { ...base, type: 'FinishTurn', place, answered, toolCalls }, payloads: kept }
}

/** The turn judges a version of the output. */
const isRefinement = ({ place, task }: Pick<Reading, 'place' | 'task'>): boolean =>
  place.stepId !== null &&
  task.steps[place.stepId]?.turns.find(({ turn }) => turn === place.turn)?.refine !== undefined

const refinementCommand = (reading: Reading, promise: StepPromise | undefined): AnswerCommand => {
  const { base, place, answer } = reading
  const read = readJsonAnswer(RefinementAnswer, answer.text)
  if (!read.ok) return refuse(reading, read.problem)
  const { verdict, notes, output: written } = read.value
  const { answered, payloads } = put(reading)
  const said = { ...base, type: 'JudgeOutput', place, answered, verdict, notes } as const
  if (verdict === 'good' || written === null) {
    return { command: { ...said, output: null }, payloads }
  }
  const kept = outputIn(written, promise)
  if (!kept.ok) return refuse(reading, `The output in it cannot be. ${kept.problem}`)
  const output = payloadOf('orchestrator', kept.value, 'text/markdown')
  return { command: { ...said, output: output.ref }, payloads: [...payloads, output] }
}

/** What of an answer without tool calls the step delivers. */
const outputIn = (text: string, promise: StepPromise | undefined): ReadAnswer<string> => {
  if (promise?.from === 'tool') {
    const problem = 'The output of this step is the answer of a tool: call the tool that makes it.'
    return { ok: false, problem }
  }
  if (text.trim() === '') {
    return { ok: false, problem: 'It is empty. Deliver the output that the step promises.' }
  }
  if (promise?.format !== 'json') return { ok: true, value: text }
  try {
    const { json, value } = jsonIn(text)
    const problem = promise.schema === undefined ? null : misfitOf(value, promise.schema)
    return problem === null ? { ok: true, value: json.trim() } : { ok: false, problem }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, problem: `The step promises JSON, and this is none (${why}).` }
  }
}
