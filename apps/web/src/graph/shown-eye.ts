import type { Eye } from './eye.ts'

let read: (() => Eye | null) | null = null

/** Where somebody looks at the graph of this page, for those who want to tell it to others; null while none is shown. */
export const shownEye = {
  read: (): Eye | null => read?.() ?? null,
  /** What it returns ends it. */
  tellBy: (reader: () => Eye | null) => {
    read = reader
    return () => {
      if (read === reader) read = null
    }
  },
}
