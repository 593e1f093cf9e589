import type { StepId } from '@maestro/contracts/ids'
import { useMemo } from 'react'
import type { TaskSearch } from '../../../paths.ts'
import { Menu } from '../../../ui/Menu.tsx'
import { useView } from '../task-context.ts'
import { stepMenuItems } from './step-menu-items.ts'
import { useStepActions } from './use-step-actions.ts'

type Props = {
  stepId: StepId
  at: { x: number; y: number }
  onSearch: (part: Partial<TaskSearch>) => void
  onClose: () => void
}

/** What can be done with one step, at the place where it was asked for. */
export const StepMenu = ({ stepId, at, onSearch, onClose }: Props) => {
  const task = useView((view) => view.task)
  const isReplay = useView((view) => view.mode === 'replay')
  const act = useStepActions(onSearch)
  const step = task.status === 'unborn' ? null : (task.steps[stepId] ?? null)
  const items = useMemo(() => stepMenuItems({ task, step, isReplay }), [task, step, isReplay])
  return (
    <Menu
      label={`Actions of ${step?.title ?? stepId}`}
      at={at}
      items={items.map(({ action, label, unavailable }) => ({
        id: action,
        label,
        unavailable,
        isFirst: action === 'copy-link' || action === 'guide',
      }))}
      onChoose={(id) => {
        onClose()
        const chosen = items.find(({ action }) => action === id)
        if (chosen) act(stepId, chosen.action)
      }}
      onClose={onClose}
    />
  )
}
