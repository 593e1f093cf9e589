import { createStoredAs } from '../../ui/stored.ts'
import { readArrangement } from './arrangement.ts'

/** Kept in this browser, as the other choices of how the console looks are. */
export const keptArrangement = createStoredAs('maestro.home', readArrangement, (arrangement) =>
  JSON.stringify(arrangement),
)
