import { nameOfStep } from '@maestro/contracts/ids'
import { hasEnded, isUnbegun } from '../execution/readiness-of.ts'
import { mayGoOn } from '../execution/may-go-on.ts'
import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'
import { startRound } from './begin-expansion.ts'
import { runOf } from './run-of.ts'
import { subPlanOf } from './sub-plan-of.ts'

/** What follows for steps that became several from what happened to these. */
export const advanceExpansions = (recorder: Recorder): void => {
  // Backwards: a step stands before those that it became, and learns in one go what came of them.
  for (const stepId of recorder.task().order.toReversed()) {
    const step = recorder.task().steps[stepId]
    if (step?.expansion === undefined || step.status !== 'running') continue
    if (step.forEach !== undefined) advanceItems(step, recorder)
    else if (step.repeat !== undefined) advanceRounds(step, recorder)
    else advanceSubPlan(step, recorder)
  }
}

const partsOf = ({ expansion }: Step, { task }: Recorder): readonly Step[] =>
  (expansion?.stepIds ?? []).flatMap((id) => task().steps[id] ?? [])

/**
 * Its failure is the failure of the step that became it. In a plan that a step holds others need it, and
 * `skip` speaks of those; what needs an item or a round is the step that became it.
 */
const isBroken = ({ status, onFailure, partOf }: Step): boolean =>
  status === 'failed' && onFailure !== 'go-on' && !(onFailure === 'skip' && partOf?.isHeld === true)

/** It does nothing, and nothing comes of it by itself: it has not begun, or waits for what a person says. */
const isIdle = (part: Step): boolean =>
  isUnbegun(part) ||
  (part.status === 'needs-you' &&
    part.turns.at(-1)?.toolUses.some(({ status }) => status === 'running') !== true)

const leaveOutIdle = (step: Step, reason: string, recorder: Recorder): void => {
  for (const { stepId } of partsOf(step, recorder).filter(isIdle))
    recorder.record({ type: 'StepSkipped', data: { stepId, reason, isLeftOut: true } })
}

/**
 * Once one of them is broken, or nobody wants the step any more, those that do nothing are left out, and
 * the others end. Null while some go on, and for a step that is left out with them.
 */
const endedParts = (step: Step, recorder: Recorder): { broken: Step | undefined } | null => {
  const broken = partsOf(step, recorder).find(isBroken)
  const isWanted = !isNotWanted(step, recorder)
  if (broken !== undefined || !isWanted) {
    const reason = broken === undefined ? notWanted : `${placeOf(broken)} failed`
    leaveOutIdle(step, reason, recorder)
  }
  if (!partsOf(step, recorder).every(hasEnded)) return null
  if (isWanted) return { broken }
  leaveOut(step, recorder)
  return null
}

const notWanted = 'another part of the same step failed'

const leaveOut = ({ stepId }: Step, { record }: Recorder): void =>
  record({ type: 'StepSkipped', data: { stepId, reason: notWanted, isLeftOut: true } })

const advanceItems = (step: Step, recorder: Recorder): void => {
  if (step.expansion?.phase !== 'steps') return
  const { stepId } = step
  const attempt = runOf(step)
  const ended = endedParts(step, recorder)
  if (ended === null) return
  const { broken } = ended
  if (broken === undefined) {
    recorder.record({ type: 'OutputsAsked', data: { stepId, attempt } })
    return
  }
  const count = step.expansion.stepIds.length
  const reason = `${placeOf(broken)} of ${count} failed: ${broken.failure}`
  recorder.record({ type: 'StepFailed', data: { stepId, attempt, reason } })
}

/** What its plan's result delivers is its output. */
const advanceSubPlan = (step: Step, recorder: Recorder): void => {
  const { stepId } = step
  const attempt = runOf(step)
  const ended = endedParts(step, recorder)
  if (ended === null) return
  const fail = (reason: string) =>
    recorder.record({ type: 'StepFailed', data: { stepId, attempt, reason } })
  const { broken } = ended
  if (broken !== undefined) return fail(`${placeOf(broken)} failed: ${broken.failure}`)
  const name = nameOfStep(subPlanOf(recorder.task(), step)?.resultStepId ?? stepId)
  const last = partsOf(step, recorder).find((part) => nameOfStep(part.stepId) === name)
  if (last?.output) {
    recorder.record({ type: 'StepFinished', data: { stepId, attempt, output: last.output } })
    return
  }
  if (last?.status === 'skipped') {
    const reason = `"${last.title}", which delivers for its plan, was skipped: ${last.skipReason}`
    recorder.record({ type: 'StepSkipped', data: { stepId, reason } })
  } else
    fail(`"${name}", which delivers for its plan, has no output: ${last?.failure ?? 'it failed'}`)
}

const advanceRounds = (step: Step, recorder: Recorder): void => {
  const { stepId, expansion } = step
  if (isNotWanted(step, recorder)) leaveOutIdle(step, notWanted, recorder)
  const parts = partsOf(step, recorder)
  const last = parts.at(-1)
  if (!last || !hasEnded(last)) return
  if (expansion?.phase === 'ended') endRounds(step, parts, recorder)
  else if (isNotWanted(step, recorder)) {
    leaveOut(step, recorder)
  } else if (expansion?.phase === 'again') {
    if (mayGoOn(recorder.task(), stepId)) startRound(step, recorder)
  } else if (expansion?.phase === 'steps' && last.status === 'done') {
    const data = { stepId, attempt: runOf(step), round: parts.length }
    recorder.record({ type: 'WhileAsked', data })
  } else if (expansion?.phase === 'steps') endRounds(step, parts, recorder)
}

/** The last round that delivered says the output; a round that failed is the failure of all. */
const endRounds = (step: Step, parts: readonly Step[], { record }: Recorder): void => {
  const { stepId } = step
  const attempt = runOf(step)
  const last = parts.at(-1)
  const output = parts.findLast((part) => part.output !== null)?.output ?? null
  if (last?.status === 'failed') {
    const reason = `${placeOf(last)} failed: ${last.failure}`
    record({ type: 'StepFailed', data: { stepId, attempt, reason } })
  } else if (output === null) {
    record({ type: 'StepSkipped', data: { stepId, reason: 'its rounds were skipped' } })
  } else {
    record({ type: 'StepFinished', data: { stepId, attempt, output } })
  }
}

/** What another one became begins nothing more when that one fails, or is not wanted itself. */
const isNotWanted = ({ partOf }: Step, recorder: Recorder): boolean => {
  const parent = partOf === undefined ? undefined : recorder.task().steps[partOf.parentId]
  if (parent === undefined) return false
  return partsOf(parent, recorder).some(isBroken) || isNotWanted(parent, recorder)
}

/** For people: which of those it is that its step became. */
const placeOf = ({ partOf, stepId, title }: Step): string => {
  if (partOf?.isHeld === true) return `"${title}"`
  return `${/_[0-9]*i[0-9]+$/.test(stepId) ? 'item' : 'round'} ${partOf?.number}`
}
