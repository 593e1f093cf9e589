import type { DraftRole } from '@maestro/contracts/task/draft-role'
import { askPerson } from '../approval/ask-person.ts'
import { convergenceOf, endByCost } from './convergence-of.ts'
import { endStuckDrafting, takeEarlier } from './end-stuck-drafting.ts'
import type { Recorder } from '../recorder.ts'

const roles: readonly DraftRole[] = ['planner', 'agent-observer', 'plan-observer']
const roleName = {
  planner: 'Planner',
  'agent-observer': 'AgentObserver',
  'plan-observer': 'PlanObserver',
}

/** Has versions judged, repairs what can be repaired, and closes the round when both observers have judged its version. */
export const advanceDrafting = (recorder: Recorder): void => {
  // A person may have taken a version while the task was paused.
  if (recorder.task().drafting.converged !== null) return
  const { planner } = recorder.task().drafting.jobs
  // A repaired plan, or the verdicts on a new one, would cost what is not there any more.
  const isAtTurn = planner.phase === 'refused' || planner.phase === 'done'
  const end = isAtTurn && !hasObservers(recorder) ? endByCost(recorder.task()) : null
  if (end?.kind === 'converged') {
    const { version, reason } = end
    recorder.record({ type: 'PlanConverged', data: { version, reason } })
    return
  }
  for (const role of roles) {
    advanceRole(role, recorder)
    if (recorder.task().stage === 'ended' || recorder.task().drafting.converged !== null) return
  }
  askObservers(recorder)
  const outcome = convergenceOf(recorder.task())
  if (outcome === null) return
  if (outcome.kind === 'converged') {
    const { version, reason } = outcome
    recorder.record({ type: 'PlanConverged', data: { version, reason } })
  } else {
    const { round, guidance } = recorder.task().drafting
    // What a person asked for holds until a version is shown to them again.
    recorder.record({ type: 'DraftingStarted', data: { round: round + 1, guidance } })
  }
}

/** True once an observer of this round was asked: what is begun is brought to its verdict. */
const hasObservers = ({ task }: Recorder): boolean => {
  const { jobs } = task().drafting
  return jobs['agent-observer'].phase !== 'idle' || jobs['plan-observer'].phase !== 'idle'
}

/** Both observers judge a version as soon as it stands, unless the task was paused meanwhile. */
const askObservers = ({ task, record }: Recorder): void => {
  const { jobs, round } = task().drafting
  if (jobs.planner.phase !== 'done') return
  for (const role of ['agent-observer', 'plan-observer'] as const) {
    if (jobs[role].phase !== 'idle') continue
    record({ type: 'DraftTurnStarted', data: { round, role, turn: 1, repair: null } })
  }
}

const advanceRole = (role: DraftRole, recorder: Recorder): void => {
  const { task, record } = recorder
  const { jobs, round, calls } = task().drafting
  const { phase, turn, repair, problem } = jobs[role]
  const call = calls.findLast((made) => made.role === role && made.round === round)
  const again = { round, role, turn: turn + 1, repair }
  if (phase === 'refused' && repair === null) {
    record({ type: 'DraftTurnStarted', data: { ...again, repair: problem ?? '' } })
  } else if (phase === 'refused') {
    const reason = `The ${roleName[role]}'s answer could not be used, also after one repair: ${problem}`
    endStuckDrafting(call, reason, recorder)
  } else if (phase === 'call-failed') {
    if (call?.failure?.class === 'budget') {
      // It was paused for money and goes on: the same question again.
      record({ type: 'DraftTurnStarted', data: again })
    } else if (call?.ask?.decision === null) {
      askPerson(call, { who: `The ${roleName[role]}`, stepId: null }, recorder)
    } else if (call?.ask?.decision === 'accept') {
      takeEarlier(recorder)
    } else if (call?.ask !== undefined && call.ask.decision !== 'fail') {
      record({ type: 'DraftTurnStarted', data: again })
    } else {
      const why = call?.failure?.message ?? problem ?? call?.ask?.suggestion
      const reason = `The ${roleName[role]} could not be asked: ${why}`
      // Who gives it up is not asked once more.
      if (call?.ask === undefined) endStuckDrafting(call, reason, recorder)
      else record({ type: 'TaskFailed', data: { reason, stepId: null } })
    }
  }
}
