import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { historyAnalyticsQuery } from '../../api/analytics.ts'
import { foundTasksQuery } from '../../api/found-tasks.ts'
import { paths } from '../../paths.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { useApp } from '../app-context.ts'
import type { PaletteItem } from './palette-matches.ts'

/** A word that is being typed is asked for once it stands. */
const settleMs = 200
/** One letter finds everything. */
const lettersMin = 2
const agentDays = 30

/** What only a service knows: tasks older than those at hand, agents of all tasks, and what was said in logs. */
export const useFoundItems = (typed: string, known: readonly PaletteItem[]): PaletteItem[] => {
  const { http } = useApp()
  const navigate = useNavigate()
  const words = typed.trim()
  const asked = useSettled(words, settleMs)
  const isAsked = asked.length >= lettersMin
  const tasks = useQuery({ ...foundTasksQuery(http, asked), enabled: isAsked }).data?.items ?? []
  const agents = useQuery(historyAnalyticsQuery(http, agentDays)).data?.agents ?? []
  const knownIds = new Set(known.map(({ id }) => id))
  return [
    ...tasks
      .filter(({ taskId }) => !knownIds.has(taskId))
      .map(({ taskId, title }) => ({
        id: taskId,
        kind: 'Task',
        label: title,
        run: () => void navigate({ to: paths.task(), params: { taskId } }),
      })),
    ...agents.flatMap(({ agent }) =>
      agent === null
        ? []
        : [
            {
              id: `agent ${agent}`,
              kind: 'Agent',
              label: `${agent}, in all tasks`,
              run: () =>
                void navigate({ to: paths.home(), search: { period: '30d' as const, agent } }),
            },
          ],
    ),
    ...(words.length < lettersMin
      ? []
      : [
          {
            id: 'search services',
            kind: 'Search',
            label: `Logs of all services for “${words}”`,
            isSearch: true,
            run: () => void navigate({ to: paths.status(), search: { q: words } }),
          },
        ]),
  ]
}
