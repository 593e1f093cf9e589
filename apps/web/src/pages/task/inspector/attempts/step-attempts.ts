import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { CallRecord } from '@maestro/task-model/task'

export type AttemptEnd = 'running' | 'delivered' | 'retried' | 'reset' | 'failed'

export type StepAttempt = {
  readonly attempt: number
  readonly startedAtMs: number
  /** Null while it goes on. */
  readonly endedAtMs: number | null
  readonly end: AttemptEnd
  /** Why it ended, where it did not deliver. */
  readonly reason: string
  /** What it delivered, or the last thing that its agent said. */
  readonly output: PayloadRef | null
  readonly models: readonly string[]
  readonly agentVersion: number
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costNanoUsd: number
}

type Course = Pick<StepAttempt, 'attempt' | 'startedAtMs' | 'endedAtMs' | 'end' | 'reason'> & {
  delivered: PayloadRef | null
}

/** The attempts of a step, the first one first: how long each took, who answered, what came of it and why it ended. */
export const stepAttempts = (
  events: readonly TaskEvent[],
  calls: readonly CallRecord[],
): readonly StepAttempt[] => coursesOf(events).map((course) => withCalls(course, calls))

const coursesOf = (events: readonly TaskEvent[]): readonly Course[] => {
  const courses: Course[] = []
  const close = (event: TaskEvent, change: Pick<Course, 'end' | 'reason'> & Partial<Course>) => {
    const last = courses.at(-1)
    if (last === undefined || last.endedAtMs !== null) return
    courses[courses.length - 1] = { ...last, endedAtMs: Date.parse(event.at), ...change }
  }
  for (const event of events) {
    switch (event.type) {
      case 'StepStarted':
        courses.push({
          attempt: event.data.attempt,
          startedAtMs: Date.parse(event.at),
          endedAtMs: null,
          end: 'running',
          reason: '',
          delivered: null,
        })
        break
      case 'StepFinished':
        close(event, { end: 'delivered', reason: '', delivered: event.data.output })
        break
      case 'StepRetried':
        close(event, { end: 'retried', reason: event.data.reason })
        break
      case 'StepFailed':
        close(event, { end: 'failed', reason: event.data.reason })
        break
      case 'StepReset': {
        const { reason } = event.data
        close(event, { end: 'reset', reason })
        break
      }
      default:
    }
  }
  return courses
}

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0)

const modelOfCall = ({ facts }: CallRecord): string[] =>
  facts?.provider ? [`${facts.provider}/${facts.model ?? '?'}`] : []

/** The judge's calls are not the step's: neither its money nor its words. */
const withCalls = ({ delivered, ...course }: Course, all: readonly CallRecord[]): StepAttempt => {
  const calls = all.filter(
    ({ attempt, purpose }) => attempt === course.attempt && purpose === 'step',
  )
  const last = calls.findLast(({ text, answer }) => (text ?? answer) !== null)
  return {
    ...course,
    output: delivered ?? last?.text ?? last?.answer ?? null,
    models: [...new Set(calls.flatMap(modelOfCall))],
    agentVersion: calls[0]?.agentVersion ?? 1,
    calls: calls.length,
    inputTokens: sum(calls.map(({ facts }) => facts?.usage.inputTokens ?? 0)),
    outputTokens: sum(calls.map(({ facts }) => facts?.usage.outputTokens ?? 0)),
    costNanoUsd: sum(calls.map(({ facts }) => facts?.costNanoUsd ?? 0)),
  }
}
