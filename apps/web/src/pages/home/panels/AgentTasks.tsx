import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { agentTasksQuery } from '../../../api/agent-tasks.ts'
import { recentTasksQuery } from '../../../api/tasks.ts'
import { paths } from '../../../paths.ts'
import { useApp } from '../../../shell/app-context.ts'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { QueryFailure } from '../../QueryFailure.tsx'

/** Where an agent worked last: each leads to its steps there. */
export const AgentTasks = ({ agent }: { agent: string }) => {
  const { http } = useApp()
  const query = useQuery(agentTasksQuery(http, agent))
  const section = useRef<HTMLElement>(null)
  const isRead = !query.isPending
  // Whoever comes by a link comes for these lines.
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' })
  }, [agent, isRead])
  const titles = new Map<string, string>(
    useQuery(recentTasksQuery(http)).data?.items.map(({ taskId, title }) => [taskId, title]),
  )
  return (
    <section ref={section} aria-label={`Last tasks of ${agent}`} className="pt-3">
      <h3 className="px-4 pb-1 text-13 font-semibold">Last tasks of {agent}</h3>
      {query.isPending && <SkeletonRows rows={2} label="Loading its tasks" />}
      {query.isError && (
        <QueryFailure
          what="Its last tasks"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data?.length === 0 && (
        <p className="px-4 text-14 text-text-2">It has no step in a task that is kept.</p>
      )}
      <ul>
        {query.data?.map(({ taskId, at }) => (
          <li key={taskId} className="flex items-baseline gap-3 px-4 py-1 text-13">
            <Link
              to={paths.task()}
              params={{ taskId, view: 'steps' }}
              search={{ agent }}
              className="min-w-0 truncate rounded-4 font-medium text-accent hover:underline pointer-coarse:py-3.5"
            >
              {titles.get(taskId) ?? taskId}
            </Link>
            <span className="ml-auto shrink-0 text-text-3">
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
