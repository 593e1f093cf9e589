import { AppError } from '@maestro/contracts/errors'
import { allowedNow } from '../control/allowed-now.ts'
import { mustGoOn } from '../control/decide-control.ts'
import { planPart } from '../plan/plan-part.ts'
import type { Recorder } from '../recorder.ts'
import { canGuide } from './can-guide.ts'
import type { CommandOf } from '../task-command.ts'
import { scoreOf } from './convergence-of.ts'

/** @throws {AppError} `TASK_ENDED`, `TASK_NOT_DRAFTING`. */
const mustBeDrafting = (recorder: Recorder): void => {
  mustGoOn(recorder)
  const task = recorder.task()
  const { status, stage } = task
  if (!canGuide(task))
    throw new AppError('TASK_NOT_DRAFTING', { status, stage, allowed: allowedNow(task) })
}

/** What a person says goes before what observers say: another round follows, whatever they think of this one. */
export const guideDrafting = (
  { guidance }: CommandOf<'GuideDrafting'>,
  recorder: Recorder,
): void => {
  mustBeDrafting(recorder)
  recorder.record({ type: 'DraftGuidanceGiven', data: { guidance } })
}

/** A version that was judged can be taken at any time; one that was not would run unseen. */
export const takeVersion = ({ version }: CommandOf<'TakeVersion'>, recorder: Recorder): void => {
  mustBeDrafting(recorder)
  const plan = recorder.task().versions.find((candidate) => candidate.version === version)
  if (!plan) throw new AppError('NOT_FOUND', { kind: 'version', version })
  if (scoreOf(plan) === null) {
    const judged = recorder.task().versions.filter((candidate) => scoreOf(candidate) !== null)
    const versions = judged.map((candidate) => candidate.version)
    const allowed = ['wait for its verdicts', 'guideDrafting']
    throw new AppError('VERSION_NOT_JUDGED', { version, judged: versions, allowed })
  }
  recorder.record({ type: 'PlanConverged', data: { version, reason: 'person' } })
}

export const lockPart = ({ part, isLocked }: CommandOf<'LockPart'>, recorder: Recorder): void => {
  mustBeDrafting(recorder)
  const { drafting, versions } = recorder.task()
  if ((drafting.locks?.[part] !== undefined) === isLocked) return
  const latest = versions.findLast(({ complete }) => complete)
  if (!latest || (isLocked && planPart(latest, part) === null)) {
    throw new AppError('NOT_FOUND', { kind: 'part', part })
  }
  recorder.record({ type: 'PlanPartLocked', data: { version: latest.version, part, isLocked } })
}
