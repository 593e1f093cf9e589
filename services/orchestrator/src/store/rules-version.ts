import { readSourceVersion } from '@maestro/service-kit/source-version'

/** Names the rules that fold here, and how events are read: their schemas use others, from all of contracts. */
export const readRulesVersion = (): Promise<string> =>
  readSourceVersion([
    import.meta.resolve('@maestro/task-model/evolve'),
    import.meta.resolve('@maestro/contracts/ids'),
  ])
