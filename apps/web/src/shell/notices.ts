import { createStore } from 'zustand/vanilla'

export type Notice = {
  readonly id: number
  readonly text: string
  readonly tone: 'done' | 'failed'
  readonly atMs: number
  /** False once it was put away, or was there long enough; it is kept all the same. */
  readonly isShown: boolean
  /** Takes back what it tells of, as long as it is shown. */
  readonly undo: (() => void) | null
}

/** At once on the screen; more than these nobody reads. */
export const noticesShownMax = 3
const noticesKeptMax = 50

const away = (notice: Notice): Notice => ({ ...notice, isShown: false, undo: null })

/** What came of something whose place is no longer looked at. What can be told where one looks is told there. */
export const createNotices = (now: () => number = Date.now) => {
  const store = createStore<{ kept: readonly Notice[] }>(() => ({ kept: [] }))
  let count = 0
  return {
    store,
    /** What it returns is for `putAway`. */
    tell: (text: string, tone: Notice['tone'] = 'done', undo: Notice['undo'] = null): number => {
      count += 1
      const notice = { id: count, text, tone, atMs: now(), isShown: true, undo }
      store.setState(({ kept }) => {
        // Only what was done last can be taken back: what came after it stands on it.
        const earlier = undo === null ? kept : kept.map((one) => (one.undo ? away(one) : one))
        return { kept: [notice, ...earlier].slice(0, noticesKeptMax) }
      })
      return notice.id
    },
    putAway: (id: number) =>
      store.setState(({ kept }) => ({
        kept: kept.map((notice) => (notice.id === id ? away(notice) : notice)),
      })),
  }
}

export const notices = createNotices()

/** The newest ones on the screen; failures before the rest, since they stay until they are read. */
export const shownNotices = (kept: readonly Notice[]): readonly Notice[] => {
  const shown = kept.filter(({ isShown }) => isShown)
  return shown
    .toSorted((one, other) => Number(other.tone === 'failed') - Number(one.tone === 'failed'))
    .slice(0, noticesShownMax)
}
