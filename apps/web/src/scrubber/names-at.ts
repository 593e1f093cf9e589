import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import type { KeptMoment } from '../live/task-ticks.ts'

const keptWords: Record<KeptMoment['reason'], string> = {
  'plan-approved': 'a plan was approved',
  'human-edit': 'a person changed the plan',
  rerun: 'it ran again from here',
}

type Marks = {
  bookmarks: readonly Pick<Bookmark, 'name' | 'position'>[]
  kept: readonly KeptMoment[]
}

/** What an event is marked with: its bookmarks, and the snapshot that is kept there. */
export const namesAt = (seq: number, { bookmarks, kept }: Marks): string =>
  [
    ...bookmarks.filter(({ position }) => position === seq).map(({ name }) => `⚑ ${name}`),
    ...kept.filter((moment) => moment.seq === seq).map(({ reason }) => `▢ ${keptWords[reason]}`),
  ]
    .map((name) => `${name} · `)
    .join('')
