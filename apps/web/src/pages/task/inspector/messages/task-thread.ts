import type { AgentId, StepId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { isAnswer } from '../concerns-step.ts'
import { threadEntries } from './thread-entries.ts'
import type { ThreadEntry } from './thread-entry.ts'

export type TaskThreadEntry = ThreadEntry & {
  /** Null: said to the whole task. */
  readonly stepId: StepId | null
}

const talk: ReadonlySet<TaskEvent['type']> = new Set<TaskEvent['type']>([
  'StepStarted',
  'StepReset',
  'StepRetried',
  'StepFailed',
  'StepSkipped',
  'StepFinished',
  'TurnStarted',
  'CallFinished',
  'CallFailed',
  'AnswerRefused',
  'ToolAnswered',
  'ToolRefused',
  'ObserverNoted',
  'RevisionRequested',
  'ResultJudged',
  'OutputProposed',
  'OutputJudged',
  'GuidanceGiven',
  'ApprovalRequested',
  'ApprovalDecided',
  'ApprovalExpired',
  'ApprovalWithdrawn',
])

/** Whether an event may belong to what is said: of a long task nothing else is held. */
export const isTalk = ({ type }: TaskEvent): boolean => talk.has(type)

type Cast = {
  /** Whose step it is; null where no plan has it at the shown moment. */
  readonly agentOf: (stepId: StepId) => AgentId | null
  readonly nameOf: (agentId: AgentId) => string
}

const stepOf = ({ data }: TaskEvent): StepId | null =>
  'stepId' in data ? (data.stepId ?? null) : null

/** What everybody said in the steps of a task, and to all of them, in its order. */
export const taskThread = (
  events: readonly TaskEvent[],
  { agentOf, nameOf }: Cast,
): readonly TaskThreadEntry[] => {
  // Whose question an answer is of is found where it was asked.
  const answers = events.filter(isAnswer)
  const rest = events.filter((event) => !isAnswer(event))
  const threads = [...Map.groupBy(rest, stepOf)].flatMap(([stepId, own]) => {
    const agentId = stepId === null ? null : agentOf(stepId)
    if (stepId !== null && agentId === null) return []
    const heard = [...own, ...(stepId === null ? [] : answers)].toSorted(bySeq)
    const name = agentId === null ? 'every agent' : nameOf(agentId)
    return threadEntries(heard, { own: name, nameOf }).map((entry) => ({ ...entry, stepId }))
  })
  return threads.toSorted(bySeq)
}

const bySeq = (one: { seq: number }, other: { seq: number }) => one.seq - other.seq
