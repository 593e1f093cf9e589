import type { StepId } from '@maestro/contracts/ids'
import { useQueryClient } from '@tanstack/react-query'
import { payloadTextQuery } from '../../../api/payload-text.ts'
import type { TaskSearch } from '../../../paths.ts'
import { useApp } from '../../../shell/app-context.ts'
import { copyAndTell } from '../../../shell/copy-and-tell.ts'
import { useTaskSession } from '../task-context.ts'
import { wishForStep } from '../step-wish.ts'
import type { StepMenuItem } from './step-menu-items.ts'

/** Does what a menu of a step offers. What changes the task is asked about in the inspector. */
export const useStepActions = (onSearch: (part: Partial<TaskSearch>) => void) => {
  const { http } = useApp()
  const client = useQueryClient()
  const { view } = useTaskSession()
  return (stepId: StepId, action: StepMenuItem['action']) => {
    const { task } = view.getState()
    const step = task.status === 'unborn' ? undefined : task.steps[stepId]
    switch (action) {
      case 'open':
        return onSearch({ step: stepId })
      case 'log': {
        const number = task.status === 'unborn' ? 0 : task.order.indexOf(stepId) + 1
        return onSearch({ dock: 'log', q: number > 0 ? `step:${number}` : undefined })
      }
      case 'copy-id':
        return copyAndTell(stepId, 'the id')
      case 'copy-link': {
        const url = new URL(window.location.href)
        url.searchParams.set('step', stepId)
        return copyAndTell(url.href, 'the link')
      }
      case 'copy-output': {
        const output = step?.output
        if (!output) return
        // A failure leaves the clipboard as it was; the inspector's Output tab says why it cannot be read.
        return void client.ensureQueryData(payloadTextQuery(http, output)).then(
          (text) => copyAndTell(text, 'the output'),
          () => onSearch({ step: stepId, insp: 'output' }),
        )
      }
      case 'agent':
        // Its tab is the one that an address without a tab shows.
        onSearch({ step: stepId, insp: undefined })
        return wishForStep({ stepId, steering: action })
      default:
        onSearch({ step: stepId })
        return wishForStep({ stepId, steering: action })
    }
  }
}
