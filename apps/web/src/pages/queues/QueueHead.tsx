import type { QueueSummary } from '@maestro/contracts/queue/queue-endpoints'
import { formatCount } from '../../ui/format-count.ts'
import { formatDuration } from '../../ui/format-time.ts'
import { Meter } from '../../ui/Meter.tsx'

/** Depth, slots and the oldest wait, in words and as a bar. */
export const QueueHead = ({ queue }: { queue: QueueSummary }) => (
  <header className="flex flex-wrap items-start gap-x-10 gap-y-3 border-b border-line px-4 py-4">
    <div>
      <h2 className="text-16 font-semibold">{queue.name}</h2>
      <p className="text-13 text-text-2">{reasonOf(queue)}</p>
    </div>
    <div className="w-48">
      <p className="tnum mb-1.5 flex justify-between text-13 text-text-2">
        <span>Slots busy</span>
        <span className="font-medium text-text">
          {queue.running} of {queue.slotsMax}
        </span>
      </p>
      <Meter
        label={`Busy slots of ${queue.name}`}
        text={`${queue.running} of ${queue.slotsMax}`}
        max={queue.slotsMax}
        parts={[{ value: queue.running, tone: 'bg-running' }]}
      />
    </div>
    <dl className="tnum flex gap-10">
      <div>
        <dt className="text-13 text-text-2">Waiting</dt>
        <dd className="text-20 font-semibold">{formatCount(queue.waiting)}</dd>
      </div>
      <div>
        <dt className="text-13 text-text-2">Oldest wait</dt>
        <dd className="text-20 font-semibold">
          {queue.waiting === 0 ? '–' : formatDuration(queue.oldestWaitMs)}
        </dd>
      </div>
    </dl>
  </header>
)

const reasonOf = ({ waiting, running, slotsMax }: QueueSummary): string => {
  if (waiting === 0) return 'Nothing waits.'
  if (running >= slotsMax) return 'Every slot is busy: the next one starts when a task ends.'
  return 'Slots are free: what waits starts now.'
}
