import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { serviceLogsQuery } from '../../api/logs.ts'
import { recentTasksQuery } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { inputLook } from '../../ui/control-look.ts'
import { formatDate } from '../../ui/format-time.ts'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { filterProblem } from '../filter-problem.ts'
import { QueryFailure } from '../QueryFailure.tsx'
import { LogRow } from './LogRow.tsx'

const route = getRouteApi('/status')
const typingMs = 300

/** What the services said of themselves, over all tasks and none; the words stand in the address. */
export const LogSearch = () => {
  const { http } = useApp()
  const { q } = route.useSearch()
  const navigate = useNavigate({ from: '/status' })
  const id = useId()
  const section = useRef<HTMLElement>(null)
  const [words, setWords] = useState(q ?? '')
  const lines = useInfiniteQuery({
    ...serviceLogsQuery(http, q ?? ''),
    enabled: q !== undefined,
  })
  const tasks = useQuery(recentTasksQuery(http)).data?.items
  const titles = new Map<string | null, string>(tasks?.map(({ taskId, title }) => [taskId, title]))
  const problem = filterProblem(lines.error)
  const rows = lines.data?.pages.flatMap(({ items }) => items) ?? []
  const pruned = lines.data?.pages.at(-1)?.pruned ?? null

  useEffect(() => setWords(q ?? ''), [q])
  useEffect(() => {
    // Whoever comes with words comes for these lines. The page scrolls, and nothing around it.
    const found = section.current
    const frame = found?.parentElement
    if (q !== undefined && found && frame) frame.scrollTop = found.offsetTop - frame.offsetTop
  }, [q])
  useEffect(() => {
    if (words.trim() === (q ?? '')) return
    const timer = setTimeout(() => {
      void navigate({ search: { q: words.trim() || undefined }, replace: true })
    }, typingMs)
    return () => clearTimeout(timer)
  }, [words, q, navigate])

  return (
    <section ref={section} aria-labelledby={id}>
      <h2 id={id} className="px-4 pt-6 pb-2 text-14 font-semibold">
        What the services said
      </h2>
      <div className="px-4 pb-3">
        <input
          type="search"
          aria-label="Words in the logs of all services"
          placeholder='level:warn service:llm-router "words"   /'
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className={classes(inputLook, 'w-full max-w-120 font-mono text-13')}
        />
      </div>
      {problem !== null && (
        <p role="alert" className="px-4 pb-3 text-13 font-medium text-failed">
          {problem}
        </p>
      )}
      {lines.isError && problem === null && (
        <QueryFailure
          what="The logs"
          error={lines.error}
          shownOf={lines.dataUpdatedAt}
          onRetry={() => void lines.refetch()}
        />
      )}
      {lines.isLoading && <SkeletonRows rows={3} label="Searching the logs" />}
      {lines.isSuccess && rows.length === 0 && (
        <p role="status" className="px-4 text-14 text-text-2">
          No line fits
          {pruned !== null &&
            `; those before ${formatDate(Date.parse(pruned.before))} were removed`}
          .
        </p>
      )}
      {rows.length > 0 && (
        <ul aria-label="Lines of the logs" className="border-t border-line">
          {rows.map((line) => (
            <LogRow key={line.id} line={line} title={titles.get(line.taskId) ?? line.taskId} />
          ))}
        </ul>
      )}
      {lines.hasNextPage && (
        <div className="p-4">
          <Button pending={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            Older lines
          </Button>
        </div>
      )}
    </section>
  )
}
