import type { TaskEventType } from './task-events.ts'

/**
 * The few events of a task on which other services act. Each is told a second time, before its turn
 * among all of its task, on a subject where nothing else is: whoever waits for ends hears no other event.
 */
export const headlineTypes = [
  'TaskSucceeded',
  'TaskFailed',
  'TaskCancelled',
  'PlanConverged',
  'AnswerRefused',
] as const satisfies readonly TaskEventType[]
export type HeadlineType = (typeof headlineTypes)[number]

const all: ReadonlySet<string> = new Set(headlineTypes)
export const isHeadline = (type: string): boolean => all.has(type)
