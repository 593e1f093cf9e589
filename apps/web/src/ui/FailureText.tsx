import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { CopyButton } from './CopyButton.tsx'

type Props = {
  /** What is copied; shown as well, unless it is shown in another way. */
  text: string
  className?: string
  children?: ReactNode
}

/** Why something failed, to be read and to be pasted where somebody is asked about it. */
export const FailureText = ({ text, className, children }: Props) => (
  <div className={classes('flex items-start gap-2', className)}>
    <span className="min-w-0 py-1 break-words">{children ?? text}</span>
    <CopyButton text={text} name="Copy the error" />
  </div>
)
