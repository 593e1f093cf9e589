import { createStore } from 'zustand/vanilla'

/** The moment for which a name is asked; null: none is. Keys, menus and the palette ask for it alike. */
export const namingBookmark = createStore<{ at: number | null }>(() => ({ at: null }))
