import type { QueueItem, QueueItemStatus } from '@maestro/contracts/queue/queue-endpoints'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { messageOf } from '../../api/request-id.ts'
import { queuesKey, removeQueueItem } from '../../api/queues.ts'
import { paths } from '../../paths.ts'
import { useApp } from '../../shell/app-context.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { type StatusLook, stepStatusLook } from '../../ui/status-look.ts'

const lookOf: Record<QueueItemStatus, StatusLook> = {
  waiting: { ...stepStatusLook.queued, label: 'Waiting' },
  starting: { ...stepStatusLook.running, label: 'Starting' },
  running: stepStatusLook.running,
  done: stepStatusLook.done,
  failed: stepStatusLook.failed,
  removed: { ...stepStatusLook.cancelled, label: 'Removed' },
}

const hasTask = ({ status }: QueueItem) => status !== 'waiting' && status !== 'removed'

/** One width for all rows, so that what belongs together stands below each other; a phone reads them one after the other. */
const columns =
  'grid-cols-[24px_116px_minmax(0,1fr)_minmax(0,auto)_104px_88px_104px] items-center gap-x-4 md:grid max-md:flex max-md:flex-wrap'

export const QueueRow = ({ item }: { item: QueueItem }) => {
  const { http } = useApp()
  const client = useQueryClient()
  const removal = useMutation({
    mutationFn: () => removeQueueItem(http, { name: item.queue, itemId: item.itemId }),
    onSettled: () => client.invalidateQueries({ queryKey: queuesKey }),
  })
  return (
    <li className={`${columns} min-h-10 gap-y-1 border-b border-line px-4 py-1`}>
      <span className="tnum text-right text-13 text-text-3 max-md:empty:hidden">
        {item.position ?? ''}
      </span>
      <span className="text-13">
        <StatusMark look={lookOf[item.status]} />
      </span>
      <span className="min-w-0 truncate text-14 font-medium max-md:-order-1 max-md:basis-full">
        {hasTask(item) ? (
          <Link
            to={paths.task()}
            params={{ taskId: item.taskId }}
            className="hover:underline pointer-coarse:inline-block pointer-coarse:py-3"
          >
            {item.title}
          </Link>
        ) : (
          item.title
        )}
      </span>
      <span className="text-13 text-text-2 max-md:empty:hidden">
        {item.reason}
        {removal.isError && (
          <span role="alert" className="block text-failed">
            {messageOf(removal.error)}
          </span>
        )}
      </span>
      <span className="max-md:empty:hidden">
        {item.priority !== 'normal' && (
          <Badge>{item.priority === 'high' ? 'High' : 'Low'} priority</Badge>
        )}
      </span>
      <span className="text-right text-13 text-text-2">
        <RelativeTime at={item.endedAt ?? item.startedAt ?? item.enqueuedAt} />
      </span>
      <span className="text-right max-md:ml-auto max-md:empty:hidden">
        {item.status === 'waiting' && (
          <Button
            size="small"
            icon={X}
            pending={removal.isPending}
            onClick={() => removal.mutate()}
          >
            Remove
          </Button>
        )}
      </span>
    </li>
  )
}
