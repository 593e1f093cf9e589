import type { StepStatus, TaskStatus } from '@maestro/contracts/task/task-status'
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  Clock,
  Hand,
  History,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  PencilRuler,
  RotateCw,
  Scissors,
} from 'lucide-react'

/** How a status reads: never by colour alone. */
export type StatusLook = {
  readonly label: string
  readonly icon: LucideIcon
  /** A text colour class; borders and fills take it as currentColor. */
  readonly tone: string
  readonly token: string
  readonly moving?: boolean
  readonly filled?: boolean
}

export const stepStatusLook: Record<StepStatus, StatusLook> = {
  'not-ready': { label: 'Not ready', icon: CircleDashed, tone: 'text-neutral', token: 'neutral' },
  queued: { label: 'Queued', icon: Clock, tone: 'text-queued', token: 'queued' },
  running: {
    label: 'Running',
    icon: LoaderCircle,
    tone: 'text-running',
    token: 'running',
    moving: true,
  },
  retrying: {
    label: 'Retrying',
    icon: RotateCw,
    tone: 'text-running',
    token: 'running',
    moving: true,
  },
  'needs-you': { label: 'Needs you', icon: Hand, tone: 'text-waiting', token: 'waiting' },
  paused: { label: 'Paused', icon: CirclePause, tone: 'text-paused', token: 'paused' },
  done: { label: 'Done', icon: CircleCheck, tone: 'text-done', token: 'done', filled: true },
  failed: { label: 'Failed', icon: OctagonX, tone: 'text-failed', token: 'failed' },
  skipped: { label: 'Skipped', icon: CircleSlash, tone: 'text-neutral', token: 'neutral' },
  cancelled: { label: 'Cancelled', icon: Ban, tone: 'text-neutral', token: 'neutral' },
  'cut-off': { label: 'Cut off', icon: Scissors, tone: 'text-neutral', token: 'neutral' },
  reused: { label: 'Reused', icon: History, tone: 'text-cached', token: 'cached' },
}

export const taskStatusLook: Record<TaskStatus, StatusLook> = {
  drafting: { label: 'Drafting', icon: PencilRuler, tone: 'text-running', token: 'running' },
  'awaiting-approval': { label: 'Needs you', icon: Hand, tone: 'text-waiting', token: 'waiting' },
  running: {
    label: 'Running',
    icon: LoaderCircle,
    tone: 'text-running',
    token: 'running',
    moving: true,
  },
  paused: { label: 'Paused', icon: CirclePause, tone: 'text-paused', token: 'paused' },
  succeeded: { label: 'Done', icon: CircleCheck, tone: 'text-done', token: 'done', filled: true },
  failed: { label: 'Failed', icon: OctagonX, tone: 'text-failed', token: 'failed' },
  cancelled: { label: 'Cancelled', icon: Ban, tone: 'text-neutral', token: 'neutral' },
}
