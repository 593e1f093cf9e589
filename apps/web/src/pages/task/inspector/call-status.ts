import type { CallRecord } from '@maestro/task-model/task'
import { type StatusLook, stepStatusLook } from '../../../ui/status-look.ts'

export const callLook: Record<CallRecord['status'], StatusLook> = {
  running: stepStatusLook.running,
  answered: { ...stepStatusLook.done, label: 'Answered' },
  incomplete: { ...stepStatusLook.failed, label: 'Incomplete' },
  failed: stepStatusLook.failed,
}

export const toolLook: Record<'asked' | 'running' | 'answered' | 'refused', StatusLook> = {
  asked: { ...stepStatusLook.queued, label: 'Asked' },
  running: stepStatusLook.running,
  answered: { ...stepStatusLook.done, label: 'Answered' },
  refused: { ...stepStatusLook.failed, label: 'Refused' },
}
