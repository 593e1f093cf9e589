import { TaskId } from '@maestro/contracts/ids'
import { ulid } from 'ulid'

/** Sortable by the time of its making, to the millisecond; 80 random bits beside it. */
export const newToken = (): string => ulid().toLowerCase()

export const newTaskId = (): TaskId => TaskId.parse(`task_${newToken()}`)
