import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Logger } from '@maestro/service-kit/logger'

type Milestone = { level: 'info' | 'warn'; message: string }
const info = (message: string): Milestone => ({ level: 'info', message })
const warn = (message: string): Milestone => ({ level: 'warn', message })

/**
 * What an operator follows a task by: its ends and beginnings, and what goes wrong on the way. The rest
 * stands in the events. So do reasons: they may quote what a model wrote.
 */
const milestones: Partial<Record<TaskEvent['type'], Milestone>> = {
  TaskCreated: info('task created'),
  TaskStarted: info('task started'),
  TaskPaused: info('task paused'),
  ApprovalRequested: info('approval asked for'),
  TaskSucceeded: info('task succeeded'),
  TaskFailed: warn('task failed'),
  TaskCancelled: info('task cancelled'),
  StepStarted: info('step started'),
  StepFinished: info('step finished'),
  StepRetried: warn('step tried again'),
  StepFailed: warn('step failed'),
  ToolRefused: warn('tool refused'),
  CallFailed: warn('model call failed'),
  CallLost: warn('model call lost with its worker'),
  AnswerRefused: warn('answer of a model refused'),
}

/** Of what an event carries, what says where it happened; never a text, and no name of a tool: a model may have made it up. */
const placeFields = ['stepId', 'attempt', 'turn', 'callId', 'failureClass'] as const

export const createMilestoneLog =
  ({ log }: { log: Logger }) =>
  (events: readonly TaskEvent[]): void => {
    for (const { type, taskId, seq, data } of events) {
      const milestone = milestones[type]
      if (milestone === undefined) continue
      const fields: Record<string, unknown> = { taskId, seq }
      const carried: Readonly<Record<string, unknown>> = data
      for (const name of placeFields) {
        if (carried[name] !== undefined && carried[name] !== null) fields[name] = carried[name]
      }
      log[milestone.level](fields, milestone.message)
    }
  }
