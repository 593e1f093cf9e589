import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'

type Props = {
  label: string
  hint?: ReactNode
  error?: string | null
  className?: string
  children: (ids: { id: string; describedBy: string | undefined; invalid: boolean }) => ReactNode
}

/** A labelled control, with what it is for and what is wrong with it. */
export const Field = ({ label, hint, error, className, children }: Props) => {
  const id = useId()
  const hasError = error !== undefined && error !== null
  const describedBy = classes(hint !== undefined && `${id}-hint`, hasError && `${id}-error`)
  return (
    <div className={classes('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-14 font-medium text-text">
        {label}
      </label>
      {children({ id, describedBy: describedBy || undefined, invalid: hasError })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-13 text-text-3">
          {hint}
        </p>
      )}
      {hasError && (
        <p id={`${id}-error`} role="alert" className="text-13 font-medium text-failed">
          {error}
        </p>
      )}
    </div>
  )
}
