import { readdirSync, readFileSync } from 'node:fs'
import type { TaskEvent } from '@maestro/contracts/task/task-events'

export type History = { stateSha256: string; events: readonly TaskEvent[] }

const folder = new URL('../../history/', import.meta.url)

/** What versions of the rules have written, by the names of the files that it is kept in. */
export const recordedHistories = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, History] => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))])
