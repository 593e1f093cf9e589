import { advanceDrafting } from './drafting/advance-drafting.ts'
import { advanceExecution } from './execution/advance-execution.ts'
import { askAboutMoney, withdrawMoney } from './approval/ask-about-money.ts'
import { digestOfPlan } from './approval/digest-of.ts'
import { requestApproval } from './approval/request-approval.ts'
import { withdrawStale } from './approval/withdraw-stale.ts'
import type { Recorder } from './recorder.ts'

/** Records what follows from the state by itself. While the task is paused nothing new begins. */
export const advance = (recorder: Recorder): void => {
  withdrawMoney(recorder)
  askAboutMoney(recorder)
  if (recorder.task().stage === 'drafting' && recorder.task().pause === null) {
    advanceDrafting(recorder)
    startOrAsk(recorder)
  }
  if (recorder.task().stage !== 'execution') return
  withdrawStale(recorder)
  advanceExecution(recorder)
}

/** A plan that has converged is started, or shown to a person first. */
const startOrAsk = (recorder: Recorder): void => {
  const task = recorder.task()
  const version = task.drafting.converged?.version
  if (task.stage !== 'drafting' || version === undefined) return
  // Whoever took the version has decided; nobody is asked twice.
  const isTaken = task.drafting.converged?.reason === 'person'
  if (task.options.autonomy === 'auto' || isTaken) {
    recorder.record({ type: 'TaskStarted', data: { planVersion: version } })
    return
  }
  const { hash = '' } = task.versions.find((known) => known.version === version) ?? {}
  const count = `${task.order.length} ${task.order.length === 1 ? 'step' : 'steps'}`
  requestApproval(
    {
      place: `plan-v${version}`,
      kind: 'plan',
      planVersion: version,
      stepId: null,
      ask: `Run plan version ${version} with ${count}?`,
      digest: digestOfPlan(hash),
      silence: 'cancel',
      mayDecide: 'operator',
    },
    recorder,
  )
}
