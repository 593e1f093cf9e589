import type { StepId } from '@maestro/contracts/ids'
import type { TaskSearch } from '../../paths.ts'
import { usePaletteSource } from '../../shell/palette/palette-sources.ts'
import type { PaletteItem } from '../../shell/palette/palette-matches.ts'
import { exportLinks } from './export-links.ts'
import { stepMenuItems } from './step-menu/step-menu-items.ts'
import { useStepActions } from './step-menu/use-step-actions.ts'
import { useTaskSession } from './task-context.ts'
import type { Seek } from './use-position.ts'

type Props = {
  selected: string | undefined
  onSearch: (part: Partial<TaskSearch>) => void
  onSeek: Seek
  onLive: () => void
}

const follow = (href: string) => {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}

/** What the palette knows of the open task: the selected step's actions, its steps, its events, its exports. */
export const TaskPalette = ({ selected, onSearch, onSeek, onLive }: Props) => {
  const { taskId, view } = useTaskSession()
  const act = useStepActions(onSearch)
  usePaletteSource((typed): readonly PaletteItem[] => {
    const { task, mode, seq, head } = view.getState()
    if (task.status === 'unborn') return []
    const isReplay = mode === 'replay'
    const step = Object.values<(typeof task.steps)[StepId]>(task.steps).find(
      ({ stepId }) => stepId === selected,
    )
    const ofStep = step === undefined ? [] : stepMenuItems({ task, step, isReplay })
    const wanted = /^\d{1,7}$/.test(typed.trim()) ? Number(typed) : null
    return [
      ...(wanted !== null && wanted >= 1 && wanted <= head
        ? [
            {
              id: 'event',
              kind: 'Event',
              label: `${wanted} of ${head}`,
              run: () => onSeek(wanted, { push: true }),
            },
          ]
        : []),
      ...ofStep.map(({ action, label, unavailable }) => ({
        id: `step action ${action}`,
        kind: 'This step',
        label: label.replace('…', ''),
        unavailable,
        run: () => step && act(step.stepId, action),
      })),
      {
        id: 'live',
        kind: 'This task',
        label: 'Go live',
        unavailable: isReplay ? null : 'It is live',
        run: onLive,
      },
      ...exportLinks(taskId, isReplay ? seq : null).map(({ label, href }) => ({
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
