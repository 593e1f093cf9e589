import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { BornTask } from '@maestro/task-model/task'
import type { CallPlace } from '@maestro/task-model/task-command'

/** What the router does when the answer breaks off: who does not want another one is told at once. */
export const onIncompleteOf = (
  task: BornTask,
  { stepId, purpose }: CallPlace,
): Pick<CallWork, 'onIncomplete'> => {
  const policy =
    stepId === null || purpose === 'observe' ? undefined : task.steps[stepId]?.onIncomplete
  if (policy === 'accept' || policy === 'fail') return { onIncomplete: 'stop' }
  return policy === 'fall-back' ? { onIncomplete: 'fall-back' } : {}
}
