import type { EventOf } from '../event-of.ts'
import { changeStep } from '../execution/change-step.ts'
import { withStep } from '../execution/with-step.ts'
import { partsBelow } from '../expansion/parts-below.ts'
import { runOf } from '../expansion/run-of.ts'
import { withoutParts } from '../expansion/without-parts.ts'
import { toolBytesOf } from '../limits/answer-bytes-of.ts'
import type { Approval, BornTask, Guidance, Step } from '../task.ts'

type SteeringEvent = EventOf<
  'StepReset' | 'BreakpointSet' | 'BreakpointCleared' | 'GuidanceGiven' | 'AgentModified'
>

/** What people do to steps and agents while a task runs. */
export const evolveSteering = (task: BornTask, event: SteeringEvent): BornTask => {
  switch (event.type) {
    case 'StepReset':
      return reset(task, event)
    case 'BreakpointSet':
      return withStep(task, event.data.stepId, () => ({ breakpoint: 'set' }))
    case 'BreakpointCleared':
      return changeStep(task, event.data.stepId, ({ breakpoint: _cleared, ...step }) => step)
    case 'GuidanceGiven': {
      const { stepId, text } = event.data
      const given: Guidance = { text, by: event.actor.id, at: event.at }
      if (stepId === null) return { ...task, guidance: [...(task.guidance ?? []), given] }
      return withStep(task, stepId, ({ guidance = [] }) => ({ guidance: [...guidance, given] }))
    }
    case 'AgentModified': {
      const { agent } = event.data
      const before = task.agents[agent.agentId]
      if (!before) return task
      const earlier = [...(task.earlierAgents?.[agent.agentId] ?? []), before]
      return {
        ...task,
        agents: { ...task.agents, [agent.agentId]: agent },
        earlierAgents: { ...task.earlierAgents, [agent.agentId]: earlier },
      }
    }
    default:
      event satisfies never
      return task
  }
}

/** It has not begun again; what it cost, and the calls that it made, stay its own. Questions about what it did are withdrawn. */
const reset = (task: BornTask, event: EventOf<'StepReset'>): BornTask => {
  const { stepId } = event.data
  const gone = new Set([stepId, ...partsBelow(task, stepId).map((part) => part.stepId)])
  const begun = changeStep(withoutParts(task, stepId), stepId, (step) => unbegun(step, event.data))
  return { ...begun, approvals: withdrawn(task, gone, event) }
}

/**
 * Whatever an attempt leaves in the state is named here, so that the next one starts without it. What the
 * judge is asked stays, with its attempt's number: its call is still in flight, and may be composed again.
 */
const unbegun = (
  {
    condition: _condition,
    skipReason: _skipReason,
    isLeftOut: _isLeftOut,
    isIncomplete: _isIncomplete,
    told: _told,
    retryAt: _retryAt,
    agentVersion: _agentVersion,
    reviewerVersions: _reviewerVersions,
    observation: _observation,
    clock: _clock,
    refinement: _refinement,
    refined: _refined,
    expansion,
    ...step
  }: Step,
  { because, strategy }: EventOf<'StepReset'>['data'],
): Step => ({
  ...step,
  status: 'not-ready',
  phase: null,
  // One that became several before runs were counted has had its first: the next one needs other ids.
  ...(expansion !== undefined && { attempt: runOf(step) }),
  attemptsBefore: expansion === undefined ? step.attempt : runOf(step),
  usedBefore: {
    tokens: step.inputTokens + step.outputTokens,
    costNanoUsd: step.costNanoUsd,
  },
  turns: [],
  // It was approved with what it needs; a rerun may bring something else.
  ...(because === 'rerun' && { approved: false }),
  ...(toolBytesOf(step) > 0 && {
    answerBytesBefore: (step.answerBytesBefore ?? 0) + toolBytesOf(step),
  }),
  output: null,
  failure: null,
  queuedAt: null,
  startedAt: null,
  finishedAt: null,
  ...(strategy !== undefined && { strategy }),
  ...(step.breakpoint !== undefined && { breakpoint: 'set' }),
})

const withdrawn = (
  task: BornTask,
  stepIds: ReadonlySet<Step['stepId']>,
  { actor, at, data: { reason } }: EventOf<'StepReset'>,
): BornTask['approvals'] => {
  const open = Object.values<Approval>(task.approvals).filter(
    ({ stepId, status }) => stepId !== null && stepIds.has(stepId) && status === 'open',
  )
  if (open.length === 0) return task.approvals
  const changed = open.map((approval): [string, Approval] => [
    approval.approvalId,
    { ...approval, status: 'withdrawn', decidedAt: at, reason, withdrawnBy: actor.id },
  ])
  return { ...task.approvals, ...Object.fromEntries(changed) }
}
