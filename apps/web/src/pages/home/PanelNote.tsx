import type { ReactNode } from 'react'

/** What the figures of a panel are of. */
export const PanelNote = ({ children }: { children: ReactNode }) => (
  <p className="-mt-2 px-4 pb-3 text-12 text-text-3">{children}</p>
)
