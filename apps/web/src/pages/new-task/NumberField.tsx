import { classes } from '../../ui/classes.ts'
import { inputLook } from '../../ui/control-look.ts'
import { Field } from '../../ui/Field.tsx'

type Props = {
  label: string
  hint: string
  value: string
  /** What holds when it is left empty. */
  placeholder?: string
  error: string | undefined
  onValue: (value: string) => void
}

export const NumberField = ({ label, hint, value, placeholder, error, onValue }: Props) => (
  <Field label={label} hint={hint} error={error ?? null}>
    {({ id, describedBy, invalid }) => (
      <input
        id={id}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        placeholder={placeholder}
        onChange={(event) => onValue(event.target.value)}
        className={classes(inputLook, 'tnum w-full')}
      />
    )}
  </Field>
)
