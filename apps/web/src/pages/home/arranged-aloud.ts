import { createStore } from 'zustand/vanilla'

/** What was arranged last, for the line that says so. */
export const arrangedAloud = createStore(() => ({ text: '' }))
