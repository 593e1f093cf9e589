import { createStore } from 'zustand/vanilla'

/** Opened by its key, and by the button in each page's bar. */
export const paletteOpen = createStore(() => ({ isOpen: false }))
