import { type StatusLook, stepStatusLook } from '../../../ui/status-look.ts'

export const callLook: Record<'running' | 'answered' | 'failed', StatusLook> = {
  running: stepStatusLook.running,
  answered: { ...stepStatusLook.done, label: 'Answered' },
  failed: stepStatusLook.failed,
}

export const toolLook: Record<'asked' | 'running' | 'answered' | 'refused', StatusLook> = {
  asked: { ...stepStatusLook.queued, label: 'Asked' },
  running: stepStatusLook.running,
  answered: { ...stepStatusLook.done, label: 'Answered' },
  refused: { ...stepStatusLook.failed, label: 'Refused' },
}
