import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'

/** The little of a task's life that outlives its events. */
export type LifeOfTask = {
  title: string | null
  createdAtMs: number | null
  outcome: 'succeeded' | 'failed' | 'cancelled' | null
  endedAtMs: number | null
  /** Of the newest import. */
  importedAtMs: number | null
}

const outcomes: Readonly<Record<string, LifeOfTask['outcome']>> = {
  'maestro.TaskSucceeded': 'succeeded',
  'maestro.TaskFailed': 'failed',
  'maestro.TaskCancelled': 'cancelled',
}
const titleCharactersMax = 500

/** What these events of one task tell of it; null for what they do not. */
export const lifeOfTask = (events: readonly CloudEvent[]): LifeOfTask => {
  const created = events.find(({ type }) => type === 'maestro.TaskCreated')
  const ended = events.find(({ type }) => Object.hasOwn(outcomes, type))
  const imported = events.findLast(({ type }) => type === 'maestro.TaskImported')
  const title = created?.data['title']
  return {
    title:
      typeof title === 'string' ? title.replaceAll('\0', ' ').slice(0, titleCharactersMax) : null,
    createdAtMs: created ? Date.parse(created.time) : null,
    outcome: ended ? (outcomes[ended.type] ?? null) : null,
    endedAtMs: ended ? Date.parse(ended.time) : null,
    importedAtMs: imported ? Date.parse(imported.time) : null,
  }
}
