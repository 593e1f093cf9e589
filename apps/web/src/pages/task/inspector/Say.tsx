import { inputLook } from '../../../ui/control-look.ts'
import { Field } from '../../../ui/Field.tsx'

type Props = {
  label: string
  value: string
  charactersMax: number
  onChange: (value: string) => void
}

/** A line of words. */
export const Say = ({ label, value, charactersMax, onChange }: Props) => (
  <Field label={label}>
    {({ id, describedBy }) => (
      <input
        id={id}
        aria-describedby={describedBy}
        value={value}
        maxLength={charactersMax}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
        className={inputLook}
      />
    )}
  </Field>
)
