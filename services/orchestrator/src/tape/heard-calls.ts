import type { AskedRequest } from '@maestro/contracts/task/asked-request'
import { Answer } from '@maestro/contracts/llm/chat'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { BornTask } from '@maestro/task-model/task'
import type { CallPlace, TaskCommand } from '@maestro/task-model/task-command'
import { commandFromAnswer, commandFromPart } from '../answer/command-from-answer.ts'
import { askedRequest } from '../request/asked-request.ts'
import { callTerms } from '../request/call-terms.ts'
import { composeRequest } from '../request/compose-request.ts'
import type { Script, TapeState, TapeWorld } from './tape-world.ts'

type CallEnd = Extract<TaskEvent, { type: 'CallFinished' | 'CallFailed' }>

/** What is made of a model's journaled answer, read as it was read then; null when nobody asks for it. */
export const heardCall = async (
  script: Script,
  { open, states }: TapeState,
  world: TapeWorld,
): Promise<TaskCommand | null> => {
  const ended = script.find(isCallEnd)
  if (ended === undefined) return null
  const { callId, asked: then, facts } = ended.data
  const waiting = [...open.values()].find(
    ({ effect }) => effect.kind === 'call' && effect.place.callId === callId,
  )
  if (waiting?.effect.kind !== 'call') return null
  const { place } = waiting.effect
  // Of what was recorded before requests were: the state in which it was asked for.
  const task = (then && states.get(then.seq)) ?? waiting.task
  const asked = then === undefined ? {} : { asked: askAgain(task, place, world) }
  const base = { at: ended.at, actor: ended.actor }
  if (ended.type === 'CallFailed') {
    const { failureClass, message, ask } = ended.data
    const refusal = refusalIn(script)
    const why = { failureClass, message, refusal, ...(ask !== undefined && { ask }) }
    return { ...base, type: 'FailCall', place, ...why, facts, ...asked }
  }
  const { answer: answerRef, incomplete } = ended.data
  const answer = Answer.parse(JSON.parse(await world.payloads.readText(answerRef)))
  const reading = {
    task,
    place,
    answer,
    answerRef,
    facts,
    ...asked,
    world: {
      toolNames: world.registry.specs().map(({ name }) => name),
      inputNames: task.inputs.map(({ name }) => name),
    },
    registry: world.registry,
    roles: world.roles,
    base,
  }
  // An answer that was cut at its limit says so itself.
  if (incomplete === undefined || answer.finish === 'length')
    return namedAsThen(commandFromAnswer(reading).command, answerRef)
  const { isUsable: _readAnew, ...part } = incomplete
  return namedAsThen(commandFromPart(reading, part).command, answerRef)
}

/** Events from before a text was glimpsed only once have the answer's glance as well. */
const namedAsThen = (command: TaskCommand, answer: PayloadRef): TaskCommand =>
  'answered' in command && answer.preview !== ''
    ? { ...command, answered: { ...command.answered, answer } }
    : command

const isCallEnd = (event: TaskEvent): event is CallEnd =>
  event.type === 'CallFinished' || event.type === 'CallFailed'

/** Which budget refused stands in the pause that follows. */
const refusalIn = (script: Script) => {
  const paused = script.find(({ type }) => type === 'TaskPaused')
  return paused?.type === 'TaskPaused' ? (paused.data.refusal ?? null) : null
}

const askAgain = (task: BornTask, place: CallPlace, world: TapeWorld): AskedRequest => {
  const told = withPrompts(task, world)
  const request = composeRequest(told, place, world.registry.specs(), world.roles)
  return askedRequest(task.seq, request, callTerms(told, place))
}

const withPrompts = (task: BornTask, { prompts }: TapeWorld): BornTask => {
  if (prompts.size === 0) return task
  const told = (agent: PlanAgent): PlanAgent => {
    const prompt = prompts.get(agent.name)
    return prompt === undefined ? agent : { ...agent, prompt }
  }
  const agents = Object.fromEntries(
    Object.entries<PlanAgent>(task.agents).map(([id, agent]) => [id, told(agent)]),
  )
  const earlier = Object.entries<readonly PlanAgent[]>(task.earlierAgents ?? {})
  const earlierAgents = Object.fromEntries(earlier.map(([id, each]) => [id, each.map(told)]))
  return { ...task, agents, ...(task.earlierAgents !== undefined && { earlierAgents }) }
}
