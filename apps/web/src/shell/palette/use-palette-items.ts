import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { recentTasksQuery } from '../../api/tasks.ts'
import { paths, taskViews } from '../../paths.ts'
import { shownTimes, turnShownTimes } from '../../ui/shown-times.ts'
import { useApp } from '../app-context.ts'
import { navItems } from '../nav-items.ts'
import { theme } from '../preferences.ts'
import type { PaletteItem } from './palette-matches.ts'

/** Everything that one can go to or do from anywhere: views of the task that is open, pages, tasks, the theme. */
export const usePaletteItems = (onHelp: () => void): readonly PaletteItem[] => {
  const navigate = useNavigate()
  const { taskId } = useParams({ strict: false })
  const tasks = useQuery(recentTasksQuery(useApp().http)).data?.items
  const other = useStore(theme).value === 'dark' ? 'light' : 'dark'
  const isExact = useStore(shownTimes).value === 'absolute'
  return useMemo(() => {
    const views = taskId === undefined ? [] : taskViews
    const pages = [
      ...navItems,
      { to: paths.newTask(), label: 'New task', action: 'new-task' as const },
      { to: paths.importTask(), label: 'Import a task' },
      { to: paths.providers(), label: 'Providers, keys and models' },
      { to: paths.appearance(), label: 'Settings, appearance' },
      { to: paths.shortcuts(), label: 'Settings, keys' },
    ]
    return [
      ...views.map((view) => ({
        id: `view ${view}`,
        kind: 'This task',
        label: `${view.charAt(0).toUpperCase()}${view.slice(1)}`,
        action: `view-${view}` as const,
        run: () =>
          void navigate({
            to: paths.task(),
            params: { taskId: taskId ?? '', view },
            search: (before) => before,
          }),
      })),
      ...pages.map(({ to, label, ...rest }) => ({
        id: `page ${label}`,
        kind: 'Page',
        label,
        ...('action' in rest && { action: rest.action }),
        run: () => void navigate({ to }),
      })),
      {
        id: 'theme',
        kind: 'Do',
        label: other === 'dark' ? 'Use the dark theme' : 'Use the white theme',
        run: () => theme.setState({ value: other }),
      },
      {
        id: 'times',
        kind: 'Do',
        label: isExact ? 'Show how long ago things were' : 'Show times by the clock',
        run: turnShownTimes,
      },
      { id: 'help', kind: 'Do', label: 'Show the keys', action: 'help' as const, run: onHelp },
      ...(tasks ?? []).map((task) => ({
        id: task.taskId,
        kind: 'Task',
        label: task.title,
        run: () => void navigate({ to: paths.task(), params: { taskId: task.taskId } }),
      })),
    ]
  }, [navigate, taskId, tasks, other, isExact, onHelp])
}
