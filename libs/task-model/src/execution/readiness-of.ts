import type { BornTask, Step } from '../task.ts'

/** It waits for what it needs, or for its turn. */
export const isUnbegun = ({ status }: Step): boolean =>
  status === 'not-ready' || status === 'queued'

/** A person is asked whether it may begin: nothing of it has. */
export const isAskedToBegin = ({ status, phase, failure }: Step): boolean =>
  status === 'needs-you' && phase === null && failure === null

/** It may begin: each of its needs has ended, and where it has any, the output of one may be there. */
export const isReady = (step: Step, task: BornTask): boolean =>
  // Asked of every open step at every command: the first need that is open is the answer.
  step.needs.every((need) => isOver(task.steps[need])) && whyMissing(step, task) === null

/** Why a step that has not begun never will, as what it needs is missing; null while it may. */
export const whyMissing = ({ needs }: Step, task: BornTask): string | null => {
  const steps = needs.flatMap((need) => task.steps[need] ?? [])
  const broken = steps.find((need) => need.status === 'failed' && meaningOf(need) === 'skip')
  if (broken) return `"${broken.title}", which it needs, failed`
  const isSkipped = steps.length > 0 && steps.every(({ status }) => status === 'skipped')
  return isSkipped ? 'all that it needs was skipped' : null
}

/** Its failure is the end of the task. */
export const stopsTask = (step: Step): boolean =>
  // The failure of what a step became is that step's first.
  step.status === 'failed' && meaningOf(step) === 'stop' && step.partOf === undefined

/** What its failure means: what a person said of it, else what its plan says. */
const meaningOf = ({ told, onFailure = 'stop' }: Step) => told ?? onFailure

/** Nothing more is to come of it, and the task goes on. */
export const hasEnded = (step: Step): boolean =>
  step.status === 'done' ||
  step.status === 'reused' ||
  step.status === 'skipped' ||
  (step.status === 'failed' && !stopsTask(step) && !waitsForPerson(step))

const waitsForPerson = (step: Step): boolean =>
  meaningOf(step) === 'wait' && step.partOf === undefined

const isOver = (step: Step | undefined): boolean => step === undefined || hasEnded(step)
