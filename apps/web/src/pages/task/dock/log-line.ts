import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { TaskEventAt } from '../../../live/task-event-at.ts'
import { eventWords } from './event-words.ts'

export type LogLevel = 'info' | 'warn' | 'error'
export type LogLine = {
  readonly seq: number
  readonly atMs: number
  readonly level: LogLevel
  readonly stepId: string | null
  readonly tool: string | null
  readonly text: string
}

const errors = new Set(['StepFailed', 'TaskFailed', 'ApprovalExpired'])
const warnings = new Set([
  'CallFailed',
  'CallLost',
  'AnswerRefused',
  'StepRetried',
  'ToolRefused',
  'ObserverNoted',
])

const levelOf = (event: TaskEvent): LogLevel => {
  if (errors.has(event.type)) return 'error'
  if (warnings.has(event.type)) return 'warn'
  if (event.type === 'CallFinished' && event.data.incomplete) return 'warn'
  return event.type === 'ToolAnswered' && !event.data.ok ? 'warn' : 'info'
}

/** An event as a line of the log. `tool` is that of an answer, which does not name it. */
export const logLineOf = (
  { seq, atMs, kind, event }: TaskEventAt,
  tool: string | null = null,
): LogLine => ({
  seq,
  atMs,
  level: event === null ? 'info' : levelOf(event),
  stepId: event !== null && 'stepId' in event.data ? (event.data.stepId ?? null) : null,
  tool: event !== null && 'tool' in event.data ? event.data.tool : tool,
  text: event === null ? kind : eventWords(event, tool),
})
