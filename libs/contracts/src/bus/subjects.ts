import type { ServiceName } from '../endpoint.ts'
import type { CallId, TaskId } from '../ids.ts'

// Everything starts with `maestro.`; the second word says what kind of traffic it is, so that permissions are easy to give.

export const taskEventSubject = (taskId: TaskId) => `maestro.event.task.${taskId}`
export const anyTaskEventSubject = 'maestro.event.task.*'
/** Its headlines, once more: see `task/headlines.ts`. */
export const headlineSubject = (taskId: TaskId) => `maestro.headline.${taskId}`
export const anyHeadlineSubject = 'maestro.headline.*'
export const anyEventSubject = 'maestro.event.>'

/** Kinds of streams beside those of tasks. Of `template` and `system` nothing is told yet: `appendFacts` takes those that have an outbox. */
export type FactKind = 'budget' | 'queue' | 'provider' | 'template' | 'system'
export const factSubject = (kind: FactKind, id: string) => `maestro.event.${kind}.${id}`

export const anyBudgetEventSubject = 'maestro.event.budget.*'

export const workPriorities = ['high', 'normal', 'low'] as const
export type WorkPriority = (typeof workPriorities)[number]
export const llmWorkSubject = (priority: WorkPriority) => `maestro.work.llm.${priority}`

export const cancelSubject = (callId: CallId) => `maestro.cancel.${callId}`
export const anyCancelSubject = 'maestro.cancel.*'

export const liveSubject = (taskId: TaskId, callId: CallId) => `maestro.live.${taskId}.${callId}`
export const taskLiveSubject = (taskId: TaskId) => `maestro.live.${taskId}.*`

export const logSubject = (service: ServiceName) => `maestro.log.${service}`
export const anyLogSubject = 'maestro.log.*'
