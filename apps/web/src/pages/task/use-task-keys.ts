import { type TaskSearch, taskViews, type TaskViewName } from '../../paths.ts'
import { holdsTypedText } from '../../shell/holds-typed-text.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { focusNextApproval } from './focus-next-approval.ts'
import { useTaskSession } from './task-context.ts'
import type { Seek } from './use-position.ts'
import type { Walk } from './use-walk.ts'

type Options = {
  search: TaskSearch
  position: { seek: Seek; goLive: () => void }
  walk: Walk
  onView: (view: TaskViewName) => void
}

/** The keys of a task's page; those of its actions are with the actions. */
export const useTaskKeys = ({ search, position, walk, onView }: Options) => {
  const { view } = useTaskSession()
  const onSearch = walk.search
  const toggleInspector = () => {
    if (walk.isPassing) return walk.open()
    const { headTask } = view.getState()
    const first = headTask.status === 'unborn' ? undefined : headTask.order[0]
    onSearch({ step: search.step === undefined ? first : undefined })
  }
  const leaveStep = () => {
    // What is typed beside the step is not thrown away by a key that is pressed for something else.
    const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      '[aria-label=Inspector] :is(input, textarea)',
    )
    if (!holdsTypedText(fields)) onSearch({ step: undefined })
  }
  useKeys({
    ...Object.fromEntries(taskViews.map((name) => [`view-${name}`, () => onView(name)])),
    dock: () => onSearch({ dock: search.dock === 'closed' ? undefined : 'closed' }),
    inspector: toggleInspector,
    live: position.goLive,
    ...(search.step !== undefined && { Escape: leaveStep }),
    'previous-event': () => {
      const { seq, seekingTo } = view.getState()
      position.seek((seekingTo ?? seq) - 1)
    },
    'next-event': () => {
      const { mode, seq, seekingTo } = view.getState()
      if (mode === 'replay' || seekingTo !== null) position.seek((seekingTo ?? seq) + 1)
    },
    'next-approval': focusNextApproval,
  })
}
