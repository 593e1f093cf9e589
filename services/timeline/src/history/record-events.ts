import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { withSpan } from '@maestro/service-kit/trace'
import type { HistoryStore, TaskHead } from './history-store.ts'

/** Writes what the stream brings. In the trace of each task it is one span per group of its events. */
export const createEventRecorder =
  ({
    history,
    onGap,
    onHeads,
  }: {
    history: HistoryStore
    onGap: () => void
    onHeads: (heads: readonly TaskHead[]) => void
  }) =>
  async (events: readonly CloudEvent[]): Promise<void> => {
    const writing = history.write(events)
    const traced = new Map(
      events.flatMap(({ subject, traceparent }) =>
        traceparent === undefined || !subject.startsWith('task_')
          ? []
          : [[subject, traceparent] as const],
      ),
    )
    // Where nothing is traced no event carries a traceparent, and nothing but this look is paid.
    const spans = [...traced].map(([taskId, traceparent]) =>
      withSpan(
        {
          name: 'timeline record events',
          kind: 'consumer',
          traceparent,
          attributes: { 'maestro.task_id': taskId },
        },
        () => writing,
      ),
    )
    const [heads] = await Promise.all([writing, ...spans])
    onHeads(heads)
    if (heads.some(({ head, seen }) => seen > head)) onGap()
  }
