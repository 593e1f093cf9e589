import { stepsOfTaskMax } from '@maestro/contracts/task/expansion'
import { hasEnded, isUnbegun } from '../execution/readiness-of.ts'
import { mayGoOn } from '../execution/may-go-on.ts'
import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'

/** What follows for steps that became several from what happened to these. */
export const advanceExpansions = (recorder: Recorder): void => {
  // Backwards: a step stands before those that it became, and learns in one go what came of them.
  for (const stepId of recorder.task().order.toReversed()) {
    const step = recorder.task().steps[stepId]
    if (step?.expansion === undefined || step.status !== 'running') continue
    if (step.forEach !== undefined) advanceItems(step, recorder)
    else advanceRounds(step, recorder)
  }
}

/** Makes the step's first or next round, if the task has room for it. */
export const startRound = ({ stepId, expansion }: Step, { task, record }: Recorder): void => {
  if (task().order.length >= stepsOfTaskMax) {
    const reason = `the task has ${stepsOfTaskMax} steps already, which is the most that it may have`
    record({ type: 'StepFailed', data: { stepId, attempt: 1, reason } })
    return
  }
  record({ type: 'RoundStarted', data: { stepId, round: (expansion?.stepIds.length ?? 0) + 1 } })
}

const partsOf = ({ expansion }: Step, { task }: Recorder): readonly Step[] =>
  (expansion?.stepIds ?? []).flatMap((id) => task().steps[id] ?? [])

/** Its failure is the failure of the step that became it. */
const isBroken = ({ status, onFailure }: Step): boolean =>
  status === 'failed' && onFailure !== 'go-on'

const advanceItems = (step: Step, recorder: Recorder): void => {
  if (step.expansion?.phase !== 'steps') return
  const { stepId } = step
  const broken = partsOf(step, recorder).find(isBroken)
  if (broken !== undefined) {
    const reason = `${placeOf(broken)} failed`
    for (const part of partsOf(step, recorder).filter(isUnbegun))
      recorder.record({ type: 'StepSkipped', data: { stepId: part.stepId, reason } })
  }
  const parts = partsOf(step, recorder)
  if (!parts.every(hasEnded)) return
  if (broken === undefined) {
    recorder.record({ type: 'OutputsAsked', data: { stepId } })
    return
  }
  const reason = `${placeOf(broken)} of ${parts.length} failed: ${broken.failure}`
  recorder.record({ type: 'StepFailed', data: { stepId, attempt: 1, reason } })
}

const advanceRounds = (step: Step, recorder: Recorder): void => {
  const { stepId, expansion } = step
  const parts = partsOf(step, recorder)
  const last = parts.at(-1)
  if (!last || !hasEnded(last)) return
  if (expansion?.phase === 'ended') endRounds(step, parts, recorder)
  else if (isNotWanted(step, recorder)) {
    const reason = 'another item of its list failed'
    recorder.record({ type: 'StepSkipped', data: { stepId, reason } })
  } else if (expansion?.phase === 'again') {
    if (mayGoOn(recorder.task(), stepId)) startRound(step, recorder)
  } else if (expansion?.phase === 'steps' && last.status === 'done') {
    recorder.record({ type: 'WhileAsked', data: { stepId, round: parts.length } })
  } else if (expansion?.phase === 'steps') endRounds(step, parts, recorder)
}

/** The last round that delivered says the output; a round that failed is the failure of all. */
const endRounds = ({ stepId }: Step, parts: readonly Step[], { record }: Recorder): void => {
  const last = parts.at(-1)
  const output = parts.findLast((part) => part.output !== null)?.output ?? null
  if (last?.status === 'failed') {
    const reason = `${placeOf(last)} failed: ${last.failure}`
    record({ type: 'StepFailed', data: { stepId, attempt: 1, reason } })
  } else if (output === null) {
    record({ type: 'StepSkipped', data: { stepId, reason: 'its rounds were skipped' } })
  } else {
    record({ type: 'StepFinished', data: { stepId, attempt: 1, output } })
  }
}

/** An item goes no further round when its list has failed. */
const isNotWanted = ({ partOf }: Step, recorder: Recorder): boolean => {
  const parent = partOf === undefined ? undefined : recorder.task().steps[partOf.parentId]
  return parent !== undefined && partsOf(parent, recorder).some(isBroken)
}

const placeOf = ({ partOf, stepId }: Step): string =>
  `${stepId.split('_').at(-1)?.startsWith('i') ? 'item' : 'round'} ${partOf?.number}`
