import type { TaskEvent } from '@maestro/contracts/task/task-events'

const attemptsIn = (events: readonly TaskEvent[]) =>
  events.flatMap((event) =>
    event.type === 'CallFinished' || event.type === 'CallFailed'
      ? [event.data.facts.attempts.filter(({ outcome }) => outcome !== 'skipped')]
      : [],
  )

/** What a recorded task had to go through. */
export const whatWasRecorded = (
  events: readonly TaskEvent[],
  killsAtMs: readonly number[],
): { fellBack: boolean; retried: boolean; answered: boolean; killed: boolean } => {
  const [first, last] = [events[0], events.at(-1)]
  const ran = (ms: number) =>
    first !== undefined &&
    last !== undefined &&
    Date.parse(first.at) < ms &&
    ms < Date.parse(last.at)
  return {
    fellBack: attemptsIn(events).some(
      (attempts) => new Set(attempts.map(({ provider }) => provider)).size > 1,
    ),
    retried: attemptsIn(events).some((attempts) => {
      const tried = attempts.map(({ provider, model }) => `${provider} ${model}`)
      return new Set(tried).size < tried.length
    }),
    answered: events.some(({ type }) => type === 'ApprovalDecided'),
    killed: killsAtMs.some(ran),
  }
}
