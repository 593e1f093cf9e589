import type { CallRecord } from '../task.ts'

/** What is known of a call when it is asked: that it runs, and since when. */
export const callAsAsked = (at: string) =>
  ({
    status: 'running',
    startedAt: at,
    finishedAt: null,
    answer: null,
    text: null,
    facts: null,
    failure: null,
    problem: null,
  }) satisfies Partial<CallRecord>
