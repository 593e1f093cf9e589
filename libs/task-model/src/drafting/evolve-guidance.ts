import type { EventOf } from '../event-of.ts'
import type { BornTask } from '../task.ts'

/** What people say into the drafting. */
export const evolveGuidance = (
  task: BornTask,
  event: EventOf<'DraftGuidanceGiven' | 'PlanPartLocked'>,
): BornTask => {
  const { drafting } = task
  const by = event.actor.id
  if (event.type === 'DraftGuidanceGiven') {
    const said = { guidance: event.data.guidance, round: drafting.round, by, at: event.at }
    return {
      ...task,
      drafting: { ...drafting, said: [...(drafting.said ?? []), said], wantsRound: true },
    }
  }
  const { part, version, isLocked } = event.data
  const { [part]: _, ...others } = drafting.locks ?? {}
  const locks = isLocked ? { ...others, [part]: { version, by } } : others
  return { ...task, drafting: { ...drafting, locks } }
}
