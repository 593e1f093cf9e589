import { toldMax } from '../../live/fact-list.ts'
import { formatCount } from '../../ui/format-count.ts'
import { useView } from './task-context.ts'

/** Of a long task: a view needs something of each event, and they are being read. */
export const ReadingHistory = ({ told }: { told: number }) => {
  const seq = useView((view) => view.seq)
  return (
    <p className="tnum p-4 text-14 text-text-2">
      {seq > toldMax
        ? `This is told of the first ${formatCount(toldMax)} events of a task. Seek to one of them, or take an export.`
        : `This is a long task: its events are being read, ${formatCount(told)} of ${formatCount(seq)}.`}
    </p>
  )
}
