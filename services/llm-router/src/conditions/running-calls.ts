import { z } from 'zod'

/** A worker that did not say for this long what it runs is gone. */
const silenceMsMax = 5_000

/** What a worker says that it runs, and when it said so. */
export const WorkerReport = z.object({
  atMs: z.number(),
  running: z.record(z.string(), z.number()),
})
export type WorkerReport = z.infer<typeof WorkerReport>

/** How many calls run: at this worker now, at the others when they last said it. */
export type RunningCalls = {
  /** Call the result when it is over. */
  begin: (scope: string) => () => void
  count: (scope: string) => number
  scopes: () => readonly string[]
  report: () => WorkerReport
  /** What the other workers say. */
  hear: (reports: readonly WorkerReport[]) => void
}

export const createRunningCalls = ({ now }: { now: () => number }): RunningCalls => {
  const running = new Map<string, number>()
  let others: readonly WorkerReport[] = []
  return {
    begin: (scope) => {
      running.set(scope, (running.get(scope) ?? 0) + 1)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        const left = (running.get(scope) ?? 1) - 1
        if (left === 0) running.delete(scope)
        else running.set(scope, left)
      }
    },
    count: (scope) =>
      others.reduce((sum, report) => sum + (report.running[scope] ?? 0), running.get(scope) ?? 0),
    scopes: () => [...running.keys()],
    report: () => ({ atMs: now(), running: Object.fromEntries(running) }),
    hear: (reports) => {
      others = reports.filter(({ atMs }) => atMs > now() - silenceMsMax)
    },
  }
}
