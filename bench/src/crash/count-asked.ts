import type { TaskEvent } from '@maestro/contracts/task/task-events'

/** How often each call may have been asked of the provider by what its events say, by `keyOf` of the request; and how many attempts were lost. */
export const countAsked = (goal: string, events: readonly TaskEvent[]) => {
  const attempts = new Map<string, number>()
  let lost = 0
  for (const event of events) {
    if (event.type === 'CallLost') lost += 1
    if (event.type !== 'CallFinished' && event.type !== 'CallFailed') continue
    const { stepId, turn, facts } = event.data
    const key = `${goal} | The ${stepId?.slice('step_'.length)} step | ${turn}`
    const sent = facts?.attempts.filter(({ outcome }) => outcome !== 'skipped').length ?? 0
    attempts.set(key, (attempts.get(key) ?? 0) + sent)
  }
  return { attempts, lost }
}
