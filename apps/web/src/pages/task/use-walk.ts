import { useCallback, useState } from 'react'
import type { TaskSearch } from '../../paths.ts'

type Options = {
  step: string | undefined
  /** Whether the inspector stands beside the view. */
  isBeside: boolean
  onSearch: (part: Partial<TaskSearch>) => void
}

/**
 * Of steps that arrow keys pass by in the graph, or whose menu is asked for: they are chosen, but where the
 * inspector covers the view it comes only when it is opened, and closing it leads back to the step that one had come to.
 */
export const useWalk = ({ step, isBeside, onSearch }: Options) => {
  const [reached, setReached] = useState<{ step: string; isOpen: boolean } | null>(null)
  const here = reached !== null && reached.step === step ? reached : null
  const search = useCallback(
    (part: Partial<TaskSearch>) => {
      if ('step' in part) setReached(null)
      onSearch(part)
    },
    [onSearch],
  )
  const pass = useCallback(
    (next: string | null) => {
      setReached(next === null ? null : { step: next, isOpen: false })
      onSearch({ step: next ?? undefined })
    },
    [onSearch],
  )
  return {
    /** Whether the step is only passed by, and the inspector not there. */
    isPassing: !isBeside && here !== null && !here.isOpen,
    pass,
    open: () => here !== null && setReached({ ...here, isOpen: true }),
    close: () =>
      here === null ? search({ step: undefined }) : setReached({ ...here, isOpen: false }),
    /** For all who choose a step otherwise. */
    search,
  }
}

export type Walk = ReturnType<typeof useWalk>
