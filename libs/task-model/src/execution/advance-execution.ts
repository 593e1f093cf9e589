import { advanceExpansions } from '../expansion/advance-expansions.ts'
import { becomesSeveral, beginExpansion } from '../expansion/begin-expansion.ts'
import { advanceStep } from './advance-step.ts'
import { askAboutStep } from '../approval/ask-about-step.ts'
import { approvedIn } from '../approval/is-approved.ts'
import { hasEnded, isAskedToBegin, isUnbegun, stopsTask, whyMissing } from './readiness-of.ts'
import { mayGoOn } from './may-go-on.ts'
import { placesOfAgents } from './places-of-agents.ts'
import { placesOfItems } from '../expansion/places-of-items.ts'
import { withdrawStale } from '../approval/withdraw-stale.ts'
import { stopRunaway } from '../limits/decide-limits.ts'
import type { Recorder } from '../recorder.ts'
import { askAboutFailed } from '../steering/ask-about-failed.ts'
import { holdAtBreakpoint } from '../steering/hold-at-breakpoint.ts'
import type { BornTask, Step } from '../task.ts'
import { readySteps } from '../task-can.ts'

/** Moves running steps on, starts ready ones up to the limit, and sees the end. */
export const advanceExecution = (recorder: Recorder): void => {
  if (stopRunaway(recorder)) return
  for (const stepId of recorder.task().order) {
    const step = recorder.task().steps[stepId]
    if (step && step.phase !== null && mayGoOn(recorder.task(), stepId)) advanceStep(step, recorder)
  }
  askAboutFailed(recorder)
  settle(recorder)
  // Rounds and plans that began are steps that are ready, and what could not begin has failed.
  while (goesOn(recorder) && startReady(recorder)) settle(recorder)
  // Of what was left out meanwhile nobody is asked any more.
  withdrawStale(recorder)
  seeEnd(recorder)
}

const goesOn = ({ task }: Recorder): boolean => !stepsOf(task()).some(stopsTask)

/** What follows from steps that ended, for those that became them and for those that need them, until nothing does. */
const settle = (recorder: Recorder): void => {
  const { events } = recorder
  while (goesOn(recorder)) {
    const { length } = events
    advanceExpansions(recorder)
    askAboutFailed(recorder)
    if (!goesOn(recorder)) return
    skipMissing(recorder)
    if (events.length === length) return
  }
}

const stepsOf = (task: BornTask): readonly Step[] => Object.values<Step>(task.steps)
const runningCount = (task: BornTask) => stepsOf(task).filter(({ phase }) => phase !== null).length

const lessening: ReadonlySet<string> = new Set([
  'StepSkipped',
  'StepFailed',
  'StepReset',
  'PlanEdited',
  // Of a step that was asked about while what it needs was begun anew.
  'ApprovalDecided',
])

/** What can never begin is skipped, and with it what only needs such steps. */
const skipMissing = ({ task, record, events }: Recorder): void => {
  // Each command looks at what it took away itself, so that most need not look.
  let isLess = events.some(({ type }) => lessening.has(type))
  while (isLess) {
    isLess = false
    for (const stepId of task().order) {
      const step = task().steps[stepId]
      if (!step || !(isUnbegun(step) || isAskedToBegin(step))) continue
      const reason = whyMissing(step, task())
      if (reason === null) continue
      record({ type: 'StepSkipped', data: { stepId, reason } })
      isLess = true
    }
  }
}

/** True when there are steps now that were not there before, or one could not begin. */
const startReady = (recorder: Recorder): boolean => {
  const { task, record, events } = recorder
  const { length } = task().order
  const from = events.length
  const hasPlace = placesOfItems(task())
  const hasFreeAgent = placesOfAgents(task())
  const isApproved = approvedIn(task())
  let free = task().options.limits.stepsParallelMax - runningCount(task())
  for (const step of readySteps(task())) {
    const { stepId, status, when, condition, gate, attempt } = step
    if (!mayGoOn(task(), stepId)) continue
    if (when !== undefined && condition === undefined) {
      record({ type: 'ConditionAsked', data: { stepId } })
    } else if (!hasPlace(step)) {
      continue
    } else if (
      (task().options.autonomy === 'approve-steps' || gate === true) &&
      !isApproved(step)
    ) {
      askAboutStep(step, recorder)
    } else if (becomesSeveral(step, task())) {
      if (!holdAtBreakpoint(stepId, recorder)) beginExpansion(step, recorder)
    } else if (free > 0 && hasFreeAgent(step)) {
      if (holdAtBreakpoint(stepId, recorder)) continue
      free -= 1
      record({ type: 'StepStarted', data: { stepId, attempt: attempt + 1 } })
    } else if (status !== 'queued') {
      record({ type: 'StepQueued', data: { stepId } })
    }
  }
  return (
    task().order.length > length || events.slice(from).some(({ type }) => type === 'StepFailed')
  )
}

const seeEnd = ({ task, record }: Recorder): void => {
  const { steps, order, resultStepId } = task()
  const inOrder = order.flatMap((stepId) => steps[stepId] ?? [])
  const failed = inOrder.find(stopsTask)
  if (failed) {
    // Others that run are let finish: their calls are paid for.
    if (stepsOf(task()).some(({ phase }) => phase !== null && phase !== 'asked')) return
    const reason = `Step "${failed.title}" failed: ${failed.failure}`
    record({ type: 'TaskFailed', data: { reason, stepId: failed.stepId } })
    return
  }
  if (!inOrder.every(hasEnded)) return
  const last = inOrder.find(({ stepId }) => stepId === resultStepId)
  if (last === undefined) return
  if (last.status === 'done' && last.output !== null) {
    record({ type: 'TaskSucceeded', data: { result: last.output } })
    return
  }
  const why =
    last.status === 'skipped' ? `was skipped: ${last.skipReason}` : `failed: ${last.failure}`
  const reason = `There is no result: step "${last.title}" ${why}.`
  record({ type: 'TaskFailed', data: { reason, stepId: last.stepId } })
}
