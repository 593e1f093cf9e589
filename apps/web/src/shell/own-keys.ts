import { createStore } from 'zustand/vanilla'
import type { OwnKeys } from './key-of.ts'
import { readOwnKeys } from './read-own-keys.ts'

const storedAs = 'maestro.keys'

const read = (): OwnKeys => {
  try {
    return readOwnKeys(localStorage.getItem(storedAs))
  } catch {
    return {}
  }
}

/** The keys that were chosen in this browser; they outlive a reload, where storage is allowed. */
export const ownKeys = createStore<{ value: OwnKeys }>(() => ({ value: read() }))

ownKeys.subscribe(({ value }) => {
  try {
    localStorage.setItem(storedAs, JSON.stringify(value))
  } catch {
    // They hold for this visit then.
  }
})
