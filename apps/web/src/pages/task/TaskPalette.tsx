import type { StepId } from '@maestro/contracts/ids'
import { exportRoutes } from '@maestro/contracts/gateway/routes/export-routes'
import { useNavigate } from '@tanstack/react-router'
import { graphControl } from '../../graph/graph-control.ts'
import { toAddress } from '../../api/to-address.ts'
import { inspectorTabs, paths, type TaskSearch } from '../../paths.ts'
import { copyAndTell } from '../../shell/copy-and-tell.ts'
import { usePaletteSource } from '../../shell/palette/palette-sources.ts'
import type { PaletteItem } from '../../shell/palette/palette-matches.ts'
import { namingBookmark } from './bookmarks/naming-bookmark.ts'
import { eventItem } from './event-item.ts'
import { exportLinks } from './export-links.ts'
import { stepMenuItems } from './step-menu/step-menu-items.ts'
import { useStepActions } from './step-menu/use-step-actions.ts'
import { useTaskSession } from './task-context.ts'
import { linkHere, linkWithView } from './task-link.ts'
import type { Seek } from './use-position.ts'

type Props = {
  selected: string | undefined
  onSearch: (part: Partial<TaskSearch>) => void
  onSeek: Seek
  onLive: () => void
}

const dockItems = [
  { dock: 'log', label: 'Show the log' },
  { dock: 'messages', label: 'Show what everybody said' },
  { dock: 'services', label: 'Show what the services said' },
  { dock: 'events', label: 'Show all events' },
  { dock: 'closed', label: 'Close the log' },
] as const

const graphItems = [
  { control: 'Fit', label: 'Fit into the window' },
  { control: 'Tidy layout', label: 'Tidy layout' },
] as const

/** One letter is in every line. */
const lettersMin = 2

const follow = (href: string) => {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}

/** What the palette knows of the open task: the selected step's actions, its agents, steps and events, its logs, its exports. */
export const TaskPalette = ({ selected, onSearch, onSeek, onLive }: Props) => {
  const { taskId, view } = useTaskSession()
  const act = useStepActions(onSearch)
  const navigate = useNavigate()
  usePaletteSource((typed): readonly PaletteItem[] => {
    const { task, mode, seq, head } = view.getState()
    if (task.status === 'unborn') return []
    const isReplay = mode === 'replay'
    const at = isReplay ? seq : null
    const chosen = selected as StepId | undefined
    const step = (chosen && task.steps[chosen]) ?? null
    const words = typed.trim()
    const logs = [
      { dock: 'log', label: `This task’s log for “${words}”` },
      { dock: 'services', label: `What the services said of this task for “${words}”` },
    ] as const
    return [
      ...(words.length < lettersMin
        ? []
        : logs.map(({ dock, label }) => ({
            id: `search ${dock}`,
            kind: 'Search',
            label,
            isSearch: true,
            run: () => onSearch({ dock, q: words }),
          }))),
      ...[...new Set(Object.values(task.agents).map(({ name }) => name))].map((agent) => ({
        id: `agent of this task ${agent}`,
        kind: 'Agent',
        label: `${agent}, its steps here`,
        run: () =>
          void navigate({
            to: paths.task(),
            params: { taskId, view: 'steps' },
            search: (before) => ({ ...before, agent, step: undefined }),
          }),
      })),
      eventItem(typed, head, (wanted) => onSeek(wanted, { push: true })),
      ...stepMenuItems({ task, step, isReplay }).map(({ action, label, unavailable }) => ({
        id: `step action ${action}`,
        kind: 'This step',
        label: label.replace('…', ''),
        unavailable: chosen === undefined ? 'Select a step first' : unavailable,
        run: () => chosen && act(chosen, action),
      })),
      {
        id: 'live',
        kind: 'This task',
        label: 'Go live',
        action: 'live',
        unavailable: isReplay ? null : 'It is live',
        run: onLive,
      },
      {
        id: 'link',
        kind: 'This task',
        label: 'Copy link',
        action: 'copy-link',
        run: () => copyAndTell(linkHere(), 'the link'),
      },
      {
        id: 'link with view',
        kind: 'This task',
        label: 'Copy link with view',
        unavailable: linkWithView() === null ? 'Look at the graph first' : null,
        run: () => copyAndTell(linkWithView() ?? linkHere(), 'the link with its view'),
      },
      {
        id: 'copy task id',
        kind: 'This task',
        label: 'Copy id',
        run: () => copyAndTell(taskId, 'the id'),
      },
      {
        id: 'bookmark',
        kind: 'This task',
        label: 'Bookmark this moment',
        action: 'bookmarks',
        run: () => namingBookmark.setState({ at: seq }),
      },
      ...graphItems.map(({ control, label }) => ({
        id: `graph ${control}`,
        kind: 'Graph',
        label,
        unavailable: graphControl.isShown(control) ? null : 'Look at the graph first',
        // Once the palette has closed: what is behind a dialog cannot be pressed.
        run: () => requestAnimationFrame(() => graphControl.press(control)),
      })),
      {
        id: 'inspector',
        kind: 'This step',
        label: 'Close it',
        action: 'inspector',
        unavailable: chosen === undefined ? 'Select a step first' : null,
        run: () => onSearch({ step: undefined }),
      },
      ...(task.bookmarks ?? []).map(({ name, position }) => ({
        id: `bookmark at ${name}`,
        kind: 'Bookmark',
        label: name,
        run: () => onSeek(position, { push: true }),
      })),
      ...dockItems.map(({ dock, label }) => ({
        id: `dock ${dock}`,
        kind: 'This task',
        label,
        run: () => onSearch({ dock }),
      })),
      ...inspectorTabs.map((tab) => ({
        id: `inspector ${tab}`,
        kind: 'This step',
        label: `Show its ${tab}`,
        unavailable: chosen === undefined ? 'Select a step first' : null,
        run: () => onSearch({ insp: tab }),
      })),
      ...[
        ...exportLinks(taskId, at),
        {
          label: 'All in one file',
          href: toAddress(exportRoutes.exportTaskFile.path, { params: { taskId } }),
        },
      ].map(({ label, href }) => ({
        id: `export ${label}`,
        kind: 'Export',
        label,
        run: () => follow(href),
      })),
      ...task.order.flatMap((stepId, index) => {
        const known = task.steps[stepId]
        if (known === undefined) return []
        return [
          {
            id: stepId,
            kind: 'Step',
            label: `${index + 1} ${known.title}`,
            run: () => onSearch({ step: stepId }),
          },
        ]
      }),
    ]
  })
  return null
}
