import type { Approval, BornTask, DraftJob, Step } from '../task.ts'

/** The state with people's time counted: it starts when nothing goes on without them, and stops when something does. */
export const withWaitingTime = (task: BornTask, at: string): BornTask => {
  const { waitingSince, waitedMs } = task
  if (waitsForPeople(task)) return waitingSince === null ? { ...task, waitingSince: at } : task
  if (waitingSince === null) return task
  const waited = Math.max(0, Date.parse(at) - Date.parse(waitingSince))
  return { ...task, waitedMs: waitedMs + waited, waitingSince: null }
}

const waitsForPeople = (task: BornTask): boolean => {
  if (task.stage === 'ended') return false
  if (task.pause !== null || task.stage === 'approval') return true
  if (task.stage === 'drafting') {
    const phases = Object.values<DraftJob>(task.drafting.jobs).map(({ phase }) => phase)
    return phases.includes('asked') && !phases.includes('calling')
  }
  // Most tasks ask nobody anything: the look through all steps is saved.
  return (
    Object.values<Approval>(task.approvals).some(({ status }) => status === 'open') &&
    Object.values<Step>(task.steps).every(isHeld)
  )
}

/** Nothing of it runs: it has not begun, or all that is left of its turn waits for a person. */
const isHeld = ({ phase, turns }: Step): boolean => {
  if (phase === null || phase === 'asked') return true
  const uses = turns.at(-1)?.toolUses ?? []
  return (
    phase === 'tools' &&
    uses.some(({ status, verdict }) => status === 'asked' && verdict === undefined) &&
    uses.every(({ status, verdict }) => status !== 'running' && verdict === undefined)
  )
}
