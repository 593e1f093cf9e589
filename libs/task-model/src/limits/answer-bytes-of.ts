import type { Step } from '../task.ts'

/** What models and tools said in this step, in all attempts. */
export const answerBytesOf = (step: Step): number => {
  let bytes = (step.answerBytesBefore ?? 0) + toolBytesOf(step)
  for (const { answer, text } of step.calls) bytes += (answer?.bytes ?? 0) + (text?.bytes ?? 0)
  return bytes
}

/** Of the present attempt: the next one leaves its turns behind. */
export const toolBytesOf = ({ turns }: Step): number =>
  turns.reduce(
    (sum, { toolUses }) =>
      toolUses.reduce((bytes, { result }) => bytes + (result?.bytes ?? 0), sum),
    0,
  )
