import type { QueueItem, QueueItemStatus } from '@maestro/contracts/queue/queue-endpoints'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { messageOf } from '../../api/request-id.ts'
import { queuesKey, removeQueueItem } from '../../api/queues.ts'
import { paths } from '../../paths.ts'
import { useApp } from '../../shell/app-context.ts'
import { Age } from '../../ui/Age.tsx'
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

export const QueueRow = ({ item }: { item: QueueItem }) => {
  const { http } = useApp()
  const client = useQueryClient()
  const removal = useMutation({
    mutationFn: () => removeQueueItem(http, { name: item.queue, itemId: item.itemId }),
    onSettled: () => client.invalidateQueries({ queryKey: queuesKey }),
  })
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2">
      <span className="tnum w-6 text-right text-13 text-text-3">{item.position ?? ''}</span>
      <span className="w-24 text-13">
        <StatusMark look={lookOf[item.status]} />
      </span>
      <span className="min-w-0 grow basis-52 truncate text-14 font-medium">
        {hasTask(item) ? (
          <Link to={paths.task()} params={{ taskId: item.taskId }} className="hover:underline">
            {item.title}
          </Link>
        ) : (
          item.title
        )}
      </span>
      {item.priority !== 'normal' && (
        <Badge>{item.priority === 'high' ? 'High' : 'Low'} priority</Badge>
      )}
      {item.reason !== '' && <span className="text-13 text-text-2">{item.reason}</span>}
      {removal.isError && (
        <span role="alert" className="text-13 text-failed">
          {messageOf(removal.error)}
        </span>
      )}
      <span className="w-24 text-right text-13 text-text-2">
        <Age at={item.endedAt ?? item.startedAt ?? item.enqueuedAt} />
      </span>
      <span className="w-24 text-right">
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
