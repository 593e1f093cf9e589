import type { ReactNode } from 'react'
import { classes } from './classes.ts'

type Props = { tone?: string; children: ReactNode; title?: string; className?: string }

/** A small outlined word. */
export const Badge = ({ tone = 'text-text-2', children, title, className }: Props) => (
  <span
    title={title}
    className={classes(
      'inline-flex h-5 items-center gap-1 rounded-4 border border-current px-1.5 text-12 font-medium whitespace-nowrap',
      tone,
      className,
    )}
  >
    {children}
  </span>
)
