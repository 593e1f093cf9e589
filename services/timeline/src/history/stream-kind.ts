import type { FactKind } from '@maestro/contracts/bus/subjects'
import { TaskId } from '@maestro/contracts/ids'

/** Which stream an event belongs to. */
export type StreamKind = 'task' | FactKind

const factSubject = /^(budget|queue|provider|template|system)\.[^\s\0]{1,250}$/

/** Null for what is nobody's subject. */
export const streamKindOf = (subject: string): StreamKind | null => {
  if (TaskId.safeParse(subject).success) return 'task'
  const kind = factSubject.exec(subject)?.[1]
  return kind === undefined ? null : (kind as FactKind)
}
