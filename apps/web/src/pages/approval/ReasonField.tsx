import { useEffect, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { controlLook } from '../../ui/control-look.ts'
import { Field } from '../../ui/Field.tsx'

type Props = {
  label: string
  value: string
  error: string | null
  onChange: (value: string) => void
  rows?: number
  isCode?: boolean
  charactersMax?: number
  /** It came because somebody asked for it, and takes the focus; what is there from the beginning takes none. */
  wasAskedFor?: boolean
}

/** Words, or arguments, that go with a decision. */
export const ReasonField = ({
  label,
  value,
  error,
  onChange,
  rows = 3,
  isCode = false,
  charactersMax = 4_000,
  wasAskedFor = true,
}: Props) => {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    // What is missing is typed next.
    if (error !== null) field.current?.focus()
  }, [error])
  return (
    <Field label={label} error={error}>
      {({ id, describedBy, invalid }) => (
        <textarea
          ref={field}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          autoFocus={wasAskedFor}
          rows={rows}
          maxLength={charactersMax}
          spellCheck={!isCode}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={classes(
            controlLook,
            'max-w-[720px] resize-y py-2',
            isCode && 'font-mono text-12',
          )}
        />
      )}
    </Field>
  )
}
