import { StepId } from '@maestro/contracts/ids'
import { useEffect, useState } from 'react'
import { useTaskSession } from '../task-context.ts'
import { stepsAbove } from './step-items.ts'
import type { Folds } from './step-rows.ts'

/** What people opened or closed. What is selected, here or elsewhere, is brought into sight, whatever was closed. */
export const useFolds = (selected: string | null) => {
  const { view } = useTaskSession()
  const [folds, setFolds] = useState<Folds>(new Map())
  useEffect(() => {
    if (selected === null) return
    setFolds((before) => {
      // What is selected moves the rows; what happens in the task does not.
      const shown = view.getState().task
      const parsed = StepId.safeParse(selected)
      if (shown.status === 'unborn' || !parsed.success) return before
      const closed = stepsAbove(shown, parsed.data).filter((stepId) => before.get(stepId) !== true)
      return closed.length === 0
        ? before
        : new Map([...before, ...closed.map((stepId): [StepId, boolean] => [stepId, true])])
    })
  }, [selected, view])
  return {
    folds,
    setFold: (stepId: StepId, isOpen: boolean) =>
      setFolds((before) => new Map([...before, [stepId, isOpen]])),
  }
}
