import type { TaskEvent, TaskEventType } from '@maestro/contracts/task/task-events'

export type EventOf<Type extends TaskEventType> = Extract<TaskEvent, { type: Type }>
