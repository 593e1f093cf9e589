import { useQuery } from '@tanstack/react-query'
import { Layers } from 'lucide-react'
import { queueItemsQuery, queuesQuery } from '../../api/queues.ts'
import { useApp } from '../../shell/app-context.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { QueryFailure } from '../QueryFailure.tsx'
import { QueueHead } from './QueueHead.tsx'
import { QueueRow } from './QueueRow.tsx'

/** Why is work waiting, and what goes next? */
export const QueuesPage = () => {
  const { http } = useApp()
  const queues = useQuery(queuesQuery(http))
  return (
    <PageFrame title="Queues">
      <div className="min-h-0 grow overflow-y-auto">
        {queues.isPending && <SkeletonRows rows={4} label="Loading the queues" />}
        {queues.isError && (
          <QueryFailure
            what="The queues"
            error={queues.error}
            shownOf={queues.dataUpdatedAt}
            onRetry={() => void queues.refetch()}
          />
        )}
        {queues.data?.items.map((queue) => (
          <section key={queue.name} aria-label={`Queue ${queue.name}`}>
            <QueueHead queue={queue} />
            <QueueItems name={queue.name} slots={`${queue.running} of ${queue.slotsMax}`} />
          </section>
        ))}
      </div>
    </PageFrame>
  )
}

const QueueItems = ({ name, slots }: { name: string; slots: string }) => {
  const { http } = useApp()
  const items = useQuery(queueItemsQuery(http, name))
  if (items.isPending) return <SkeletonRows rows={4} label="Loading the queue" />
  if (items.isError)
    return (
      <QueryFailure
        what={`The queue ${name}`}
        error={items.error}
        onRetry={() => void items.refetch()}
      />
    )
  if (items.data.items.length === 0)
    return (
      <EmptyState icon={Layers} title="Queue clear">
        {slots} slots are busy. A task that is put into the queue waits here for its turn.
      </EmptyState>
    )
  return (
    <ul>
      {items.data.items.map((item) => (
        <QueueRow key={item.itemId} item={item} />
      ))}
    </ul>
  )
}
