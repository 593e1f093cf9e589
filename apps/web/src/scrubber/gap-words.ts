import { formatDuration } from '../ui/format-time.ts'

const reasons: Readonly<Record<string, string>> = {
  ApprovalDecided: 'approval',
  ApprovalExpired: 'approval',
  ApprovalWithdrawn: 'approval',
  TaskResumed: 'pause',
  TaskStepped: 'pause',
  CallFinished: 'model',
  CallFailed: 'model',
  ToolAnswered: 'tool',
  StepStarted: 'next attempt or turn in the queue',
  GuidanceGiven: 'a person',
}

/** How long nothing happened, and what was waited for, by what ended it: "waited 2 h 14 m, approval". */
export const gapWords = (waitedMs: number, endedBy: string | undefined): string => {
  const reason = endedBy === undefined ? undefined : reasons[endedBy]
  const waited = `waited ${formatDuration(waitedMs)}`
  return reason === undefined ? waited : `${waited}, ${reason}`
}
