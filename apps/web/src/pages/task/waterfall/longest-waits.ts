import type { StepId } from '@maestro/contracts/ids'
import type { BornTask } from '@maestro/task-model/task'
import type { Span, SpanKind } from '@maestro/task-model/time/divide-time'
import type { TimeRead } from '@maestro/task-model/time/time-book'

export type Wait = Span & {
  /** Null: the whole task waited. */
  readonly stepId: StepId | null
  readonly title: string
  /** Of the task's time. */
  readonly share: number
}

/** As many as there are bottlenecks of other kinds. */
const waitsMax = 5
/** Shorter ones held nothing up. */
const shareMin = 0.01
const waiting: ReadonlySet<SpanKind> = new Set<SpanKind>(['person', 'backoff', 'queue'])

/** What was waited for, the longest first: a person, a turn, or the next attempt. */
export const longestWaits = (
  task: BornTask,
  { fromMs, toMs, whole, steps }: TimeRead,
): readonly Wait[] => {
  const begunMs = Math.min(...[...steps.values()].flatMap(({ begunMs: [first] }) => first ?? []))
  const titleOf = (stepId: StepId | null, untilMs: number): string => {
    if (stepId !== null) return task.steps[stepId]?.title ?? stepId
    return untilMs <= begunMs ? 'Before the first step' : 'The whole task'
  }
  const waitsOf = (spans: readonly Span[], stepId: StepId | null): readonly Wait[] =>
    spans
      .filter(({ kind }) => waiting.has(kind))
      .map((span) => ({
        ...span,
        stepId,
        title: titleOf(stepId, span.toMs),
        share: toMs > fromMs ? (span.toMs - span.fromMs) / (toMs - fromMs) : 0,
      }))
  return [
    ...waitsOf(whole.spans, null),
    ...task.order.flatMap((stepId) => waitsOf(steps.get(stepId)?.spans ?? [], stepId)),
  ]
    .filter(({ share }) => share >= shareMin)
    .toSorted((one, other) => other.share - one.share || one.fromMs - other.fromMs)
    .slice(0, waitsMax)
}
