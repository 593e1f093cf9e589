import { namedStepsMax } from '@maestro/contracts/task/failure-question'
import { failureChoices } from '../approval/choices.ts'
import { requestApproval } from '../approval/request-approval.ts'
import { triedOf } from '../approval/tried-of.ts'
import type { Recorder } from '../recorder.ts'
import type { BornTask, Step } from '../task.ts'

/** Of each step that failed for good, and whose dependents wait, a person is asked how it goes on. */
export const askAboutFailed = (recorder: Recorder): void => {
  for (const stepId of recorder.task().order) {
    const step = recorder.task().steps[stepId]
    if (step && waits(step, recorder.task())) ask(step, recorder)
  }
}

/** Its dependents wait for a person: its plan says so, or says nothing and a person takes part. */
const waits = ({ status, told, onFailure, partOf }: Step, { options }: BornTask): boolean =>
  status === 'failed' &&
  // The failure of what a step became is that step's first.
  partOf === undefined &&
  told === undefined &&
  (onFailure ?? (options.autonomy === 'auto' ? 'stop' : 'wait')) === 'wait'

const reasonMax = 1_000

const ask = (step: Step, recorder: Recorder): void => {
  const { seq, steps, order } = recorder.task()
  const { stepId, title, attempt, failure, calls } = step
  const call = calls.findLast(({ purpose }) => purpose === 'step')
  const inOrder = order.flatMap((id) => steps[id] ?? [])
  const titles = (which: (one: Step) => boolean) =>
    inOrder
      .filter(which)
      .slice(0, namedStepsMax)
      .map((one) => one.title)
  requestApproval(
    {
      // Each failure is asked about once; the event's own number tells them apart.
      place: `failed-${stepId.slice('step_'.length)}-${seq + 1}`,
      kind: 'failure',
      stepId,
      ask: `Step "${title}" failed. How does it go on?`,
      question: {
        ...(call !== undefined && { callId: call.callId }),
        failureClass: call?.failure?.class ?? 'internal',
        message: (failure ?? '').slice(0, reasonMax),
        suggestion:
          call?.ask?.suggestion ??
          'What has been delivered is kept, and what needs this step waits for what you say.',
        tried: triedOf(call?.facts ?? null),
        choices: [...failureChoices.step],
        step: {
          attempts: attempt,
          kept: titles(({ output }) => output !== null),
          waiting: titles(({ needs }) => needs.includes(stepId)),
        },
      },
    },
    recorder,
  )
}
