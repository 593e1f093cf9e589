/** What one contender needed for its tasks. */
export type Measured = {
  name: string
  stepsPerSecond: number
  taskP50Ms: number
  taskP99Ms: number
  /** Of all its processes and of its database server, for each task. */
  cpuMsPerTask: number
  /** On disk in its databases, for each task. */
  bytesPerTask: number
}

export const tasksMeasured = 200
export const tasksAtOnce = 20
/** Before it, so that nothing is measured that happens once. */
export const tasksOfWarmUp = 40
