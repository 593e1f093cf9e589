import { readSourceVersion } from '@maestro/service-kit/source-version'

/** Names the rules that fold here, and how events are read. */
export const readModelVersion = (): Promise<string> =>
  readSourceVersion([
    import.meta.resolve('@maestro/task-model/evolve'),
    import.meta.resolve('@maestro/contracts/task/task-events'),
  ])
